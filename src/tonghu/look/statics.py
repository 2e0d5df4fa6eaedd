"""Static files as the wheel carries them: packed, named by their content, with .br and .gz."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class PackedStatics(ManifestStaticFilesStorage):
    """Answers with the packed name of a file, or its plain name where nothing was packed yet.

    A page about a failure must not fail in turn because a file is missing from the manifest.
    """

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the name under which a file is served."""
        key = self.hash_key(self.clean_name(name))
        return str(self.hashed_files.get(key, name))
