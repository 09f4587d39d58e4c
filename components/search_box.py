"""The one search in the head of every page: `/` goes to it from anywhere, Enter leads to what was found.

It is a part of the block that the shell draws above each page (`components.tabs`).
"""

CSS = """
.find-box { position: fixed; top: 0.55rem; right: 1rem; z-index: 999991; display: flex; align-items: center; margin: 0;
  height: 2.7rem; width: 13rem; padding: 0 0.5rem; gap: 0.3rem;
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
  background: var(--st-secondary-background-color); color: var(--st-text-color); font-family: var(--st-font); }
.find-box[hidden] { display: none; }
.find-box:focus-within { outline: 2px solid var(--st-primary-color); outline-offset: -1px; }
.find-box svg { flex: none; width: 1.2rem; height: 1.2rem; fill: none; stroke: currentColor; stroke-width: 2; }
.find-box input { flex: 1; min-width: 0; border: 0; outline: 0; background: none; color: inherit; font: inherit;
  font-size: 0.875rem; }
.find-box input::placeholder { color: inherit; opacity: 0.7; }
.find-box input::-webkit-search-cancel-button { display: none; }
@media (max-width: 1280px) {
  .find-box:not(:focus-within) { width: 2.7rem; padding: 0 0.7rem; cursor: pointer; }
  .find-box:not(:focus-within) input { opacity: 0; position: absolute; inset: 0; width: 100%; cursor: pointer; }
}
@media print { .find-box { display: none; } }
"""
JS = """
const searchBox = (parentElement, label) => {
  const form = parentElement.querySelector(".find-box"), input = form.querySelector("input")
  form.hidden = !label
  if (!label) return () => {}
  // A phone has no such key.
  const keys = matchMedia("(min-width: 641px) and (hover: hover)").matches
  input.placeholder = keys ? label + "  /" : label
  input.setAttribute("aria-label", label)
  form.onsubmit = (event) => {
    event.preventDefault()
    const words = input.value.trim()
    if (!words) return
    history.pushState({}, "", "/search?" + new URLSearchParams({ q: words }))
    window.dispatchEvent(new PopStateEvent("popstate"))
    input.value = ""
  }
  const toBox = (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const [at] = event.composedPath()
    if (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return
    event.preventDefault()
    input.focus()
    input.select()
  }
  input.onkeydown = (event) => {
    if (event.key === "Escape") input.blur()
  }
  document.addEventListener("keydown", toBox)
  return () => document.removeEventListener("keydown", toBox)
}
"""
HTML = """<form class="find-box" role="search">
<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/></svg>
<input type="search" name="q" maxlength="60" autocomplete="off" enterkeyhint="search"></form>"""
