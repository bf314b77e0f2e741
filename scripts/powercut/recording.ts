/** One thing that was asked of the disk, or a person who was thanked. Files are known by their inode. */
export type Step =
  | { kind: 'created'; inode: bigint; path: string }
  | { kind: 'opened'; inode: bigint; path: string; isFolder: boolean }
  | { kind: 'written'; inode: bigint; at: number; bytes: Buffer }
  | { kind: 'truncated'; inode: bigint; length: number }
  | { kind: 'removed'; path: string }
  | { kind: 'renamed'; from: string; to: string }
  /** What of the file, or of the folder's names, came before the step `before` is on the disk for good. */
  | { kind: 'synced'; inode: bigint; before: number }
  | { kind: 'thanked'; mark: string }

const headLength = 29

/** Reads what `recorder.c` has written. @throws Error when it does not end with a whole step. */
export function readRecording(recording: Buffer): Step[] {
  const steps: Step[] = []
  for (let at = 0; at < recording.length; ) {
    const length = recording.readUInt32LE(at + 25)
    const end = at + headLength + length
    if (end > recording.length) throw new Error('The recording breaks off.')
    steps.push(stepOf(recording.subarray(at, at + headLength), recording.subarray(at + headLength, end)))
    at = end
  }
  return steps
}

function stepOf(head: Buffer, bytes: Buffer): Step {
  const kind = String.fromCharCode(head[0]!)
  const inode = head.readBigUInt64LE(1)
  const number = Number(head.readBigUInt64LE(9))
  const text = () => bytes.toString('utf8')
  switch (kind) {
    case 'C':
      return { kind: 'created', inode, path: text() }
    case 'O':
      return { kind: 'opened', inode, path: text(), isFolder: number === 1 }
    case 'W':
      return { kind: 'written', inode, at: number, bytes }
    case 'T':
      return { kind: 'truncated', inode, length: number }
    case 'U':
      return { kind: 'removed', path: text() }
    case 'R': {
      const [from, to] = text().split('\n') as [string, string]
      return { kind: 'renamed', from, to }
    }
    case 'S':
      return { kind: 'synced', inode, before: number }
    case 'A':
      return { kind: 'thanked', mark: text() }
    default:
      throw new Error(`The recording has a step of an unknown kind: ${kind}`)
  }
}
