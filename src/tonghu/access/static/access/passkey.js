/* Wires the passkey buttons, shows them where the browser can, and says in words when it failed. */
(function () {
  const forms = window.allauth.webauthn.forms
  document.querySelectorAll("[data-passkey]").forEach(function (button) {
    const ids = { credential: button.dataset.credential, data: "js_data" }
    ids.login = ids.add = ids.authenticate = button.id
    if (button.dataset.passwordless) { ids.passwordless = button.dataset.passwordless }
    if (window.PublicKeyCredential) { forms[button.dataset.passkey]({ ids: ids }) }
  })
  document.querySelectorAll(".script-only").forEach(function (part) { part.hidden = !window.PublicKeyCredential })
  document.addEventListener("allauth.error", function (event) {
    const words = document.getElementById("passkey-failed")
    if (words) { words.hidden = false; event.preventDefault() }
  })
})()
