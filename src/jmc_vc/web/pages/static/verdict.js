// A page of a result: the button that prints it.
// Without this script the button is not shown, and people print with their browser.

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
