/** Codes read with the camera, a line each, where the browser can read QR codes. Nothing of a picture leaves the device. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}
type DetectorClass = { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> }

const { BarcodeDetector } = window as unknown as { BarcodeDetector?: DetectorClass }

void offerCamera()

async function offerCamera(): Promise<void> {
  const buttons = document.querySelectorAll<HTMLButtonElement>('button[data-scan]')
  if (buttons.length === 0 || !BarcodeDetector || !navigator.mediaDevices) return
  if (!(await BarcodeDetector.getSupportedFormats()).includes('qr_code')) return
  for (const button of buttons) {
    button.hidden = false
    button.addEventListener('click', () => void scan(button))
  }
}

/** Reads until the button is pressed again. A code that is there already is not written twice. */
async function scan(button: HTMLButtonElement): Promise<void> {
  const running = button.parentElement!.querySelector('video')
  if (running) return stop(button, running)

  const lines = document.getElementById(button.dataset.scan!) as HTMLTextAreaElement
  const said = button.parentElement!.querySelector<HTMLElement>('[role=status]')!
  const video = document.createElement('video')
  video.playsInline = true
  video.muted = true
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
  } catch {
    said.textContent = said.dataset.refused!
    return
  }
  button.before(video)
  await video.play()
  button.textContent = button.dataset.stop!
  const detector = new BarcodeDetector!({ formats: ['qr_code'] })
  while (video.isConnected) {
    for (const { rawValue } of await detector.detect(video).catch(() => [])) {
      const known = lines.value.split('\n').filter(Boolean)
      if (known.includes(rawValue)) continue
      lines.value = `${[...known, rawValue].join('\n')}\n`
      said.textContent = said.dataset.number!.replace('#', String(known.length + 1))
    }
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}

function stop(button: HTMLButtonElement, video: HTMLVideoElement): void {
  for (const track of (video.srcObject as MediaStream).getTracks()) track.stop()
  video.remove()
  button.textContent = button.dataset.start!
}
