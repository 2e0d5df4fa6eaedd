/* Shows what needs script, and says in words when a device made or gave no passkey. */
(function () {
  document.querySelectorAll(".script-only").forEach(function (part) { part.hidden = !window.PublicKeyCredential })
  document.addEventListener("allauth.error", function (event) {
    var words = document.getElementById("passkey-failed")
    if (words) { words.hidden = false }
    event.preventDefault()
  })
})()
