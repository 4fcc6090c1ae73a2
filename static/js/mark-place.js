// Painting the place in a picture that is to change. The paint is what is sent: one letter a cell, "1" where painted
// (assignments/services/marks.py reads it). The nine boxes do the same for the keyboard.
const COLUMNS = 48
const ROWS = 27
const THIRDS = 3
const BRUSH_CELLS = 2.2
const PAINT = [184, 67, 42, 170]

export function markPlace(group) {
  const canvas = group.querySelector("canvas")
  const sent = group.querySelector("[name=cells]")
  const boxes = [...group.querySelectorAll("[name=places]")]
  const cells = Array.from({ length: COLUMNS * ROWS }, (_, cell) => sent.value[cell] === "1")
  let last = null

  const show = () => {
    const image = new ImageData(COLUMNS, ROWS)
    cells.forEach((isMarked, cell) => { if (isMarked) image.data.set(PAINT, cell * 4) })
    canvas.getContext("2d").putImageData(image, 0, 0)
    sent.value = cells.includes(true) ? cells.map(Number).join("") : ""
  }
  const dab = (x, y) => {
    for (let row = Math.floor(y - BRUSH_CELLS); row <= y + BRUSH_CELLS; row++) {
      for (let column = Math.floor(x - BRUSH_CELLS); column <= x + BRUSH_CELLS; column++) {
        const isInside = row >= 0 && row < ROWS && column >= 0 && column < COLUMNS
        if (isInside && Math.hypot(column + 0.5 - x, row + 0.5 - y) <= BRUSH_CELLS) cells[row * COLUMNS + column] = true
      }
    }
  }
  const paint = (event) => {
    const frame = canvas.getBoundingClientRect()
    const x = ((event.clientX - frame.left) / frame.width) * COLUMNS
    const y = ((event.clientY - frame.top) / frame.height) * ROWS
    // A quick stroke reports few points: the way between two of them is painted as well.
    const steps = last ? Math.ceil(Math.hypot(x - last.x, y - last.y)) || 1 : 1
    for (let step = 1; step <= steps; step++) {
      dab(x + (last ? (last.x - x) * (1 - step / steps) : 0), y + (last ? (last.y - y) * (1 - step / steps) : 0))
    }
    last = { x, y }
    show()
  }
  const fillPlace = (place, isMarked) => {
    cells.forEach((_, cell) => {
      const row = Math.floor(cell / COLUMNS)
      const third = Math.floor((row * THIRDS) / ROWS) * THIRDS + Math.floor(((cell % COLUMNS) * THIRDS) / COLUMNS)
      if (third === place) cells[cell] = isMarked
    })
  }

  canvas.width = COLUMNS
  canvas.height = ROWS
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return
    canvas.setPointerCapture(event.pointerId)
    last = null
    paint(event)
  })
  canvas.addEventListener("pointermove", (event) => { if (canvas.hasPointerCapture(event.pointerId)) paint(event) })
  for (const box of boxes) {
    box.addEventListener("change", () => {
      fillPlace(Number(box.value), box.checked)
      show()
    })
  }
  group.querySelector("[data-mark-clear]").addEventListener("click", () => {
    cells.fill(false)
    for (const box of boxes) box.checked = false
    show()
  })
  if (!sent.value) for (const box of boxes) if (box.checked) fillPlace(Number(box.value), true)
  show()
}
