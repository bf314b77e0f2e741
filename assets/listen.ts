/**
 * A button that reads a question and its options aloud: recorded audio where there is some, else the device's own voice.
 * @param root all that holds the questions; a press on a way out of a question within it ends the reading.
 * @returns how the reading is ended from outside, and how all that was listened for is let go.
 */
export function addListening(
  root: HTMLElement,
  questions: HTMLElement[],
  language: string,
): { stop(): void; forget(): void } {
  const synthesis = window.speechSynthesis as SpeechSynthesis | undefined
  let stop: (() => void) | undefined

  // Only a voice of the device itself: others send what they read to their maker.
  const findVoice = () =>
    synthesis?.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === language)

  function offer() {
    const voice = findVoice()
    for (const question of questions) {
      question.querySelector<HTMLElement>('.listen')!.hidden = !question.dataset.audio && !voice
    }
  }

  function play(question: HTMLElement, onEnd: () => void): () => void {
    if (question.dataset.audio) {
      const audio = new Audio(question.dataset.audio)
      audio.onended = audio.onerror = onEnd
      void audio.play().catch(onEnd)
      return () => audio.pause()
    }
    const options = Array.from(question.querySelectorAll('.option span, .read'), (part) => part.textContent)
    const utterance = new SpeechSynthesisUtterance(
      [question.querySelector('.asked')!.textContent, ...options].map(asSaid).join(' '),
    )
    utterance.lang = language
    utterance.voice = findVoice() || null
    utterance.onend = utterance.onerror = onEnd
    synthesis!.speak(utterance)
    return () => synthesis!.cancel()
  }

  for (const question of questions) {
    const button = question.querySelector<HTMLElement>('.listen button')!
    const show = (playing: boolean) => {
      button.querySelector<HTMLElement>('.on')!.hidden = playing
      button.querySelector<HTMLElement>('.off')!.hidden = !playing
    }
    button.addEventListener('click', () => {
      const wasPlaying = stop
      stop?.()
      if (wasPlaying) return
      show(true)
      const halt = play(question, end)
      stop = () => {
        halt()
        end()
      }
    })
    function end() {
      stop = undefined
      show(false)
    }
  }

  root.addEventListener('click', (event) => {
    if ((event.target as Element).closest('.moves, .languages')) stop?.()
  })
  offer()
  synthesis?.addEventListener?.('voiceschanged', offer)
  return {
    stop: () => stop?.(),
    forget() {
      stop?.()
      synthesis?.removeEventListener?.('voiceschanged', offer)
    },
  }
}

/** A text as a person would say it: words and pauses, no slashes or brackets, and nothing that is not seen. */
function asSaid(text: string | null): string {
  const words = (text ?? '')
    .replace(/[\u00ad\u2066-\u2069]/g, '')
    .replace(/\s*[/()[\]]+\s*/g, ', ')
    .replace(/, (?=[.,:;?!\u060c\u061b\u061f\u1362-\u1367]|$)/g, '')
    .trim()
  return /[.?!\u061f\u1362\u1367]$/.test(words) ? words : `${words}.`
}
