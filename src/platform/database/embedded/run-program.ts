import { type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

export interface ProgramOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'> {
  /** What it reads. */
  input?: string
}

/**
 * Runs a program to its end and answers what it printed. It has a session of its own: Ctrl+C in a terminal is meant
 * for the forum, which then ends in order what it has started.
 * @throws Error with what the program said, when it fails.
 */
export async function runProgram(program: string, words: string[], options: ProgramOptions = {}): Promise<string> {
  const { input, ...rest } = options
  const child = spawn(program, words, { ...rest, detached: true, stdio: 'pipe' })
  // A program that ends before it has read everything says why by itself.
  child.stdin.on('error', () => {}).end(input)
  const [printed, complained, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  if (code === 0) return printed
  throw new Error(complained || printed || `${program} was stopped`)
}

/** The line that says why a program failed: what follows it only says what was cleaned up. */
export function reasonOf(said: string): string {
  const lines = said.trim().split('\n')
  return lines.find((line) => /\b(error|fatal|panic):/i.test(line)) ?? lines.at(-1) ?? ''
}
