import { readFile } from 'node:fs/promises'
import { Decrypter, Encrypter } from 'age-encryption'
import { OperatorError } from '../process/operator-error.ts'

/** Turns the bytes of a part into what is stored, or back. */
export type Encrypt = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>

export const plain: Encrypt = (bytes) => bytes

/**
 * Encrypts each part as a file of age (https://age-encryption.org/v1) for a public key.
 * @throws OperatorError when it is none.
 */
export function encryptedFor(recipient: string): Encrypt {
  const encrypter = new Encrypter()
  try {
    encrypter.addRecipient(recipient)
  } catch {
    throw new OperatorError('A recipient must be a public key of age, like age1…: age-keygen makes one.')
  }
  return async function* (bytes) {
    yield* await encrypter.encrypt(streamOf(bytes))
  }
}

/**
 * Decrypts by the secret keys in a file, as age-keygen writes it.
 * @throws OperatorError when there is none in it.
 */
export async function decryptedBy(identityFile: string): Promise<Encrypt> {
  const lines = (await readFile(identityFile, 'utf8').catch(() => '')).split('\n').map((line) => line.trim())
  const decrypter = new Decrypter()
  try {
    const identities = lines.filter((line) => line && !line.startsWith('#'))
    for (const identity of identities) decrypter.addIdentity(identity)
    if (identities.length === 0) throw new Error('no key')
  } catch {
    throw new OperatorError(`There is no secret key of age in ${identityFile}: age-keygen makes such a file.`)
  }
  return async function* (bytes) {
    yield* await decrypter.decrypt(streamOf(bytes))
  }
}

/** As the library takes bytes: the web's kind of stream. */
function streamOf(bytes: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
