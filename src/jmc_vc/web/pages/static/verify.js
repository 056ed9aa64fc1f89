// The form of /verify, made pleasant: the camera is looked through, files may be dropped and pasted anywhere,
// large photographs are made smaller, and while other organizations are asked the page says so.
// Everything also works without this script. All words stand in the page.

const form = document.getElementById('verify')
const file = form.elements.file
const camera = form.elements.camera
const told = form.querySelector('[data-told]')
const largest = Number(form.dataset.largest)

// --- files ----------------------------------------------------------------------------------------------------------

const LONGEST_SIDE = 2000 // pixels: a code on a photographed A4 sheet stays readable
const PICTURES = /^image\/(jpeg|webp|png|gif|heic|heif)$/
let shrinking = null // while a photograph is made smaller

function put(input, chosen) {
  const files = new DataTransfer()
  files.items.add(chosen)
  input.files = files.files
}

function only(input) {
  for (const other of [file, camera]) if (other !== input) other.value = ''
}

async function shrunk(picture) {
  const pixels = await createImageBitmap(picture)
  const scale = Math.min(1, LONGEST_SIDE / Math.max(pixels.width, pixels.height))
  return drawn(pixels, Math.round(pixels.width * scale), Math.round(pixels.height * scale))
}

function drawn(source, width, height) {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  canvas.getContext('2d').drawImage(source, 0, 0, width, height)
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed()), 'image/jpeg', 0.85))
}

// A picture that may hold a credential inside is never drawn anew: that would lose it.
async function mayBeDrawnAnew(picture) {
  return PICTURES.test(picture.type) && !(await picture.text()).includes('openbadge')
}

async function fit(input) {
  const chosen = input.files[0]
  input.setCustomValidity('')
  told.textContent = ''
  if (!chosen || chosen.size <= largest) return
  try {
    if (!(await mayBeDrawnAnew(chosen))) throw new Error('not a photograph')
    const smaller = await shrunk(chosen)
    put(input, new File([smaller], 'photo.jpg', { type: 'image/jpeg' }))
    told.textContent = told.dataset.shrunk
  } catch {
    input.setCustomValidity(form.dataset.tooLarge)
    input.reportValidity()
  }
}

for (const input of [file, camera]) {
  input.addEventListener('change', () => {
    if (input.files.length) only(input)
    const mine = fit(input).then(() => {
      if (shrinking === mine) shrinking = null
    })
    shrinking = mine
  })
}

function take(chosen) {
  put(file, chosen)
  file.dispatchEvent(new Event('change'))
  shrinking.then(() => {
    told.textContent = `${told.dataset.taken} ${chosen.name} ${told.textContent}`
  })
}

const drop = form.querySelector('.drop')
drop.addEventListener('dragover', (event) => {
  event.preventDefault()
  drop.classList.add('over')
})
drop.addEventListener('dragleave', () => drop.classList.remove('over'))
drop.addEventListener('drop', (event) => {
  drop.classList.remove('over')
  if (!event.dataTransfer.files.length) return
  event.preventDefault()
  take(event.dataTransfer.files[0])
})
document.addEventListener('paste', (event) => {
  const pasted = event.clipboardData?.files[0]
  if (!pasted) return
  event.preventDefault()
  take(pasted)
})

// --- sending --------------------------------------------------------------------------------------------------------

const gathering = document.getElementById('gathering')
const SHOWN_AFTER = 400 // milliseconds: most answers are there before

function hostOf(text) {
  try {
    return new URL(text.trim()).host
  } catch {
    return ''
  }
}

function tellWhatIsAsked() {
  const chosen = file.files[0] ?? camera.files[0]
  const host = form.elements.elsewhere.checked && !chosen ? hostOf(form.elements.text.value) : ''
  gathering.querySelector('[data-when=picture]').hidden = !chosen || !/^image|pdf$/.test(chosen.type)
  gathering.querySelector('[data-when=elsewhere]').hidden = !host
  gathering.querySelector('[data-host]').textContent = host
  gathering.hidden = false
  gathering.scrollIntoView({ block: 'nearest' })
}

let waiting
form.addEventListener('submit', (event) => {
  if (shrinking) {
    event.preventDefault()
    shrinking.then(() => setTimeout(() => form.requestSubmit())) // a form takes no submission during its own event
    return
  }
  waiting = setTimeout(tellWhatIsAsked, SHOWN_AFTER)
})
window.addEventListener('pageshow', () => {
  clearTimeout(waiting)
  gathering.hidden = true
})

// --- the camera -----------------------------------------------------------------------------------------------------

const live = form.querySelector('[data-live]')
const view = live.querySelector('[data-view]')
const state = live.querySelector('[data-state]')
const open = live.querySelector('[data-open]')
const close = live.querySelector('[data-close]')
const EVERY = 1000 // milliseconds
const MOST = 90 // pictures: then nobody is holding a code any more
const WIDEST = 1280 // pixels
let stream = null

function say(name) {
  state.textContent = live.dataset[name] ?? state.dataset[name] ?? ''
}

function showing(on) {
  view.hidden = !on
  close.hidden = !on
  open.hidden = on
}

function stop(said = '') {
  for (const track of stream?.getTracks() ?? []) track.stop()
  stream = null
  view.srcObject = null
  const had = document.activeElement === close
  showing(false)
  say(said)
  if (had) open.focus()
}

async function frame() {
  const scale = Math.min(1, WIDEST / view.videoWidth)
  return drawn(view, Math.round(view.videoWidth * scale), Math.round(view.videoHeight * scale))
}

async function lookedAt(picture) {
  const answer = await fetch(live.dataset.live, {
    method: 'POST',
    body: picture,
    headers: { 'Content-Type': 'image/jpeg', Accept: 'application/json' },
  })
  if (!answer.ok) return { found: false, code: 'busy' } // too many at once: the next one may find a place
  return answer.json()
}

async function look(mine) {
  for (let count = 0; count < MOST; count += 1) {
    const began = performance.now()
    const picture = await frame()
    const answer = await lookedAt(picture)
    if (stream !== mine) return
    if (answer.found) {
      stop('found')
      only(camera)
      put(camera, new File([picture], 'camera.jpg', { type: 'image/jpeg' }))
      form.requestSubmit()
      return
    }
    if (answer.text && answer.code !== 'image.no_code') state.textContent = answer.text
    else if (state.textContent !== state.dataset.looking) say('looking')
    await new Promise((done) => setTimeout(done, EVERY - (performance.now() - began)))
    if (stream !== mine) return
  }
  stop('tired')
}

open.addEventListener('click', async () => {
  say('opening')
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } },
    })
  } catch {
    say('refused')
    camera.hidden = false
    return
  }
  const mine = stream
  view.srcObject = mine
  showing(true)
  close.focus()
  try {
    await view.play()
    say('looking')
    await look(mine)
  } catch {
    if (stream === mine) stop('lost')
  }
})
close.addEventListener('click', () => stop())
window.addEventListener('pagehide', () => stop())
document.addEventListener('visibilitychange', () => {
  if (document.hidden && stream) stop()
})

if (navigator.mediaDevices?.getUserMedia) {
  live.hidden = false
  camera.hidden = !camera.hasAttribute('aria-invalid') // a field that is told to be wrong has to be there
}
