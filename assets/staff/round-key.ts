/** Makes and tries the key of a round in this browser, so that the private key reaches the server only when the urn is opened. */
import sodium from 'libsodium-wrappers'
import { renderSVG } from 'uqr'
import { checkedText, type KeyFile, keyFileText, paperText, readKeyFileText } from '../../src/round/key-file-text.ts'

const form = document.querySelector<HTMLFormElement>('form[data-challenge]')
/** The public key that was made here, while this page lives. */
let made: string | undefined
if (form) void begin(form)

async function begin(form: HTMLFormElement) {
  await sodium.ready
  for (const part of document.querySelectorAll<HTMLElement>('[data-on-server]')) part.hidden = true
  for (const part of document.querySelectorAll<HTMLElement>('[data-in-browser]')) part.hidden = false
  const maker = document.querySelector<HTMLElement>('[data-makes]')
  if (maker) await offerKey(maker)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void tryKey(form)
  })
}

/** A fresh pair: its file to save, and its paper. */
async function offerKey(maker: HTMLElement) {
  const roundId = maker.dataset.makes!
  const { publicKey, privateKey } = sodium.crypto_box_keypair()
  made = sodium.to_hex(publicKey)
  const secret = sodium.to_hex(privateKey)
  const text = keyFileText({ roundId, secret, check: await checkOf({ roundId, secret }) })
  const save = maker.querySelector<HTMLAnchorElement>('.save-key')!
  save.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  save.addEventListener('click', isSaved)
  const paper = document.querySelector('.key-paper')!
  paper.querySelector('pre')!.textContent = paperText(text)
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#'))
  const svg = new DOMParser().parseFromString(renderSVG(lines.join('\n'), { ecc: 'M', border: 4 }), 'image/svg+xml')
  const drawing = paper.querySelector('.qr')!
  drawing.textContent = ''
  drawing.append(document.importNode(svg.documentElement, true))
  maker.querySelector('.print-key')!.addEventListener('click', () => print())
}

/** The first step is ticked, and the next one has the filled button. */
function isSaved(): void {
  document.querySelector<HTMLElement>('[data-saved]')!.hidden = false
  document.querySelector('.save-key')!.classList.replace('primary', 'button')
  document.querySelector('[data-check]')!.classList.add('primary')
}

async function checkOf(file: Pick<KeyFile, 'roundId' | 'secret'>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(checkedText(file)))
  return sodium.to_hex(new Uint8Array(digest)).slice(0, 8)
}

/** Opens a test ballot with the key that was chosen, and sends what was in it in place of the key. */
async function tryKey(form: HTMLFormElement) {
  const own = form.elements as unknown as Record<string, HTMLInputElement>
  const chosen = own.keyFile!.files?.[0]
  const text = chosen ? await chosen.text() : own.keyText!.value
  const say = (problem: string) => {
    const place = form.querySelector<HTMLElement>('[data-problem]')!
    place.textContent = form.dataset[problem]!
    place.hidden = false
    place.focus()
  }
  if (!text.trim()) return form.dataset.kept === undefined ? say('noKey') : form.submit()
  const file = readKeyFileText(text)
  if (!file) return say('notKey')
  if (file.check !== (await checkOf(file))) return say('damagedKey')
  const secret = sodium.from_hex(file.secret)
  const publicKey = sodium.crypto_scalarmult_base(secret)
  if (file.roundId !== form.dataset.round || (made && made !== sodium.to_hex(publicKey))) return say('wrongKey')
  try {
    const body = new URLSearchParams({ form: own.form!.value, publicKey: toBase64(publicKey) })
    const response = await fetch(form.dataset.challenge!, { method: 'POST', body })
    const { sealed } = (await response.json()) as { sealed: string }
    const bytes = Uint8Array.from(atob(sealed), (character) => character.charCodeAt(0))
    own.opened!.value = toBase64(sodium.crypto_box_seal_open(bytes, publicKey, secret))
  } catch {
    return say('wrongKey')
  }
  own.keyFile!.disabled = true
  own.keyText!.disabled = true
  form.submit()
}

const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
