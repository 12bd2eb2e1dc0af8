import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'

const Base64url = Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 100_000 })
const credential = <Response extends TSchema>(response: Response) =>
  Type.Object({
    id: Base64url,
    rawId: Base64url,
    type: Type.Literal('public-key'),
    clientExtensionResults: Type.Object({}),
    response,
  })

/** The browser's answer after making a passkey. */
const NewPasskey = credential(
  Type.Object({
    clientDataJSON: Base64url,
    attestationObject: Base64url,
    transports: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 10 })),
  }),
)
/** The browser's answer after signing (W3C, Web Authentication, 5.1.8). */
const SignedByPasskey = credential(
  Type.Object({ clientDataJSON: Base64url, authenticatorData: Base64url, signature: Base64url }),
)

const read =
  <Shape extends TSchema>(shape: Shape) =>
  (text: string): Static<Shape> | null => {
    try {
      const value: unknown = JSON.parse(text)
      return Value.Check(shape, value) ? value : null
    } catch {
      return null
    }
  }

/** Null for an invalid answer. */
export const readNewPasskey = read(NewPasskey)
export const readSignedByPasskey = read(SignedByPasskey)
