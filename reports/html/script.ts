/**
 * The page's script: filters that live in the address, keys, and copying. Without it everything is there and can be
 * opened; it only makes a long page short. It makes no request and writes text only as text.
 */

/** The script. */
export const script = String.raw`"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]
  const form = document.querySelector(".filters")
  const [query, only, status] = [form.elements.q, form.elements.only, form.querySelector(".status")]
  form.hidden = false

  const apply = () => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean)
    const wanted = only.value
    let shown = 0
    for (const item of all("[data-text]")) {
      const kinds = (item.dataset.outcomes ?? item.dataset.outcome ?? "").split(" ")
      const isShown =
        words.every((word) => item.dataset.text.includes(word)) && (wanted === "" || kinds.includes(wanted))
      item.toggleAttribute("data-hidden", !isShown)
      if (isShown && item.matches(".cells:not(.matrix) tr")) shown++
    }
    for (const section of all(".model, .traces, .matrix-section, .graphs"))
      section.toggleAttribute("data-hidden", all("[data-text]", section).every((item) => item.hasAttribute("data-hidden")))
    status.textContent = shown + (shown === 1 ? " cell" : " cells")
  }

  const write = () => {
    const search = new URLSearchParams()
    if (query.value !== "") search.set("q", query.value)
    if (only.value !== "") search.set("only", only.value)
    const text = search.toString()
    history.replaceState(null, "", text === "" ? location.pathname + location.search : "#?" + text)
    apply()
  }

  const reveal = (target) => {
    for (let each = target; each !== null; each = each.parentElement) {
      each.removeAttribute("data-hidden")
      if (each.tagName === "DETAILS") each.open = true
    }
    target.scrollIntoView({ block: target.matches(".step") ? "center" : "start" })
    if (target.hasAttribute("tabindex")) target.focus({ preventScroll: true })
  }

  const read = () => {
    const hash = location.hash.slice(1)
    if (hash === "" || hash.startsWith("?")) {
      const search = new URLSearchParams(hash.slice(1))
      query.value = search.get("q") ?? ""
      only.value = search.get("only") ?? ""
      if (only.selectedIndex === -1) only.value = ""
      return apply()
    }
    apply()
    let id = hash
    try { id = decodeURIComponent(hash) } catch {}
    const target = document.getElementById(id)
    if (target !== null) reveal(target)
  }

  const runs = () => all(".trace:not([data-hidden])")
  const current = (selector) => document.activeElement?.closest(selector) ?? undefined
  const clamped = (list, at) => list[Math.min(list.length - 1, Math.max(0, at))]

  const moveStep = (by) => {
    const run = current(".trace") ?? all(".trace[open]:not([data-hidden])")[0] ?? runs()[0]
    if (run === undefined) return
    run.open = true
    const steps = all(".step", run)
    const step = clamped(steps, steps.indexOf(current(".step")) + by)
    if (step === undefined) return
    step.focus({ preventScroll: true })
    step.scrollIntoView({ block: "nearest" })
  }

  const moveRun = (by) => {
    const list = runs()
    const run = clamped(list, list.indexOf(current(".trace")) + by)
    if (run === undefined) return
    const target = run.querySelector(".run")
    history.replaceState(null, "", "#" + target.id)
    reveal(target)
  }

  const toggleState = () => {
    const step = current(".step")
    if (step === undefined) return
    const at = step.id.lastIndexOf("-")
    const state = document.getElementById(step.id.slice(0, at) + "-state" + step.id.slice(at))
    if (state === null) return
    state.open = !state.open
    if (state.open) state.scrollIntoView({ block: "nearest" })
  }

  const keys = {
    j: () => moveStep(1),
    k: () => moveStep(-1),
    n: () => moveRun(1),
    p: () => moveRun(-1),
    s: toggleState,
    "/": () => query.focus(),
    "?": () => document.querySelector(".keys").scrollIntoView()
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && form.contains(event.target)) {
      query.value = ""
      only.value = ""
      write()
      return event.target.blur()
    }
    const isTyping = event.target.matches("input, select, textarea")
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return
    event.preventDefault()
    keys[event.key]()
  })

  const marks = new Map(all("[data-step]").map((mark) => [mark.dataset.step, mark]))
  document.addEventListener("focusin", (event) => {
    for (const mark of all(".diagram .on")) mark.classList.remove("on")
    marks.get(event.target.closest(".step")?.id)?.classList.add("on")
  })

  for (const button of all(".copy")) {
    button.hidden = false
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy)
      } catch {
        // From a file there may be no clipboard: the line is selected and copied as by hand.
        getSelection().selectAllChildren(button.parentElement.querySelector("code"))
        document.execCommand("copy")
      }
      button.textContent = "copied"
    })
  }

  form.addEventListener("submit", (event) => event.preventDefault())
  query.addEventListener("input", write)
  only.addEventListener("change", write)
  addEventListener("hashchange", read)
  read()
})()
`
