/**
 * The script of the page: filters that are part of the address, keys, copying, and pieces that are expanded when their
 * fold is opened (sharing.ts). Without it the page still shows every verdict, with its reason and the command to replay
 * the trace. The script makes no request, and it escapes every text that it inserts into a template of the report.
 */

/** The script. */
export const script = String.raw`"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]
  const form = document.querySelector(".filters")
  const [query, only, status] = [form.elements.q, form.elements.only, form.querySelector(".status")]
  form.hidden = false

  const { templates, pieces, places } = JSON.parse(document.querySelector(".pieces").textContent)
  const expanded = (number, here) => {
    const piece = number === 0 ? here : pieces[number]
    if (typeof piece === "string") return piece.replace(/[&<>"']/g, (sign) => "&#" + sign.charCodeAt(0) + ";")
    const [template, ...holes] = piece
    const filled = holes.map((hole) => expanded(hole, here))
    return template === -1 ? filled.join("") : templates[template].map((part, at) => part + (filled[at] ?? "")).join("")
  }
  const expand = (fold) => {
    for (const place of all("[data-piece]", fold)) {
      const made = document.createElement("template")
      made.innerHTML = expanded(places[place.dataset.piece], place.closest(".run")?.id ?? "")
      place.replaceWith(made.content)
    }
  }
  document.addEventListener("toggle", (event) => event.target.open && expand(event.target), true)
  for (const fold of all("details[open]")) expand(fold)
  const paper = matchMedia("print")
  const expandShown = () => all("details:not([data-hidden])").forEach(expand)
  addEventListener("beforeprint", expandShown)
  paper.addEventListener("change", () => paper.matches && expandShown())

  // The words of a sign leave out the property, which is the head of its column.
  for (const sign of all("td > .sign:first-child")) {
    const column = [...sign.closest("tr").children].indexOf(sign.parentElement)
    const property = sign.closest("table").tHead.rows[0].children[column].textContent.trim()
    sign.title = property + ": " + sign.ariaLabel
  }
  const textOf = new Map(
    all("[data-text], .trace").map((item) => {
      const words = item.dataset.text ?? item.querySelector("summary").textContent
      return [item, [words, ...all("td > .sign", item).map(({ title }) => title)].join(" ").toLowerCase()]
    })
  )

  const apply = () => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean)
    const wanted = only.value
    let shown = 0
    for (const [item, text] of textOf) {
      const kinds = (item.dataset.outcomes ?? item.dataset.outcome ?? "").split(" ")
      const isShown =
        words.every((word) => text.includes(word)) && (wanted === "" || kinds.includes(wanted))
      item.toggleAttribute("data-hidden", !isShown)
      if (isShown && item.matches(".cases:not(.matrix) tr")) shown++
    }
    for (const section of all(".model, .traces, .matrix-section, .graphs"))
      section.toggleAttribute(
        "data-hidden",
        all("[data-text], .trace", section).every((item) => item.hasAttribute("data-hidden"))
      )
    status.textContent = shown + (shown === 1 ? " case" : " cases")
  }

  const write = () => {
    const search = new URLSearchParams()
    if (query.value !== "") search.set("q", query.value)
    if (only.value !== "") search.set("only", only.value)
    const text = search.toString()
    history.replaceState(null, "", text === "" ? location.pathname + location.search : "#?" + text)
    apply()
  }

  // The event comes later; the opened content is needed now.
  const openFold = (fold) => {
    fold.open = true
    expand(fold)
  }

  const reveal = (target) => {
    for (let each = target; each !== null; each = each.parentElement) {
      each.removeAttribute("data-hidden")
      if (each.tagName === "DETAILS") openFold(each)
    }
    target.scrollIntoView({ block: target.matches(".step") ? "center" : "start" })
    if (target.matches(".run")) target.tabIndex = -1
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
    // A step is there once its trace is expanded.
    const run = document.getElementById(id.replace(/(-state)?-\d+$/, ""))
    if (run?.matches(".run")) openFold(run.closest("details"))
    const target = document.getElementById(id)
    if (target !== null) reveal(target)
  }

  const runs = () => all(".trace:not([data-hidden])")
  const current = (selector) => document.activeElement?.closest(selector) ?? undefined
  const clamped = (list, at) => list[Math.min(list.length - 1, Math.max(0, at))]

  const moveStep = (by) => {
    const run = current(".trace") ?? all(".trace[open]:not([data-hidden])")[0] ?? runs()[0]
    if (run === undefined) return
    openFold(run)
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

  document.addEventListener("focusin", (event) => {
    for (const mark of all(".diagram .on")) mark.classList.remove("on")
    const step = event.target.closest(".step")
    for (const mark of step === null ? [] : all("[data-step]", step.closest(".space")))
      mark.classList.toggle("on", mark.dataset.step === step.id)
  })

  for (const line of all(".again")) {
    const button = line.appendChild(document.createElement("button"))
    button.type = "button"
    button.className = "copy"
    button.textContent = "copy"
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(line.querySelector("code").textContent)
      } catch {
        // From a file there may be no clipboard: the line is selected and copied as by hand.
        getSelection().selectAllChildren(line.querySelector("code"))
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
