import { type Static, Type } from 'typebox'

/**
 * An archive is: `MAGIC`; the pieces of all parts, mixed, as they came; the manifest (JSON), which says where each piece
 * is; and a trailer: the manifest's length (8 bytes, big-endian), its SHA-256, `END`. A cut archive has no trailer, and
 * every byte is covered by a checksum. Each part is one stream of Zstandard, where asked for inside one `age` file.
 */
export const MAGIC: Buffer = Buffer.from('contrechamp backup 1\n')
export const END: Buffer = Buffer.from('CCBACKUP')
export const TRAILER_BYTES: number = 8 + 32 + END.length

const Part = Type.Object({
  kind: Type.Union([Type.Literal('table'), Type.Literal('jobs'), Type.Literal('secret'), Type.Literal('file')]),
  /** Of a table its name, of a file its path in the folder of files. */
  name: Type.String(),
  /** Of a table, in the order in which they are written. */
  columns: Type.Array(Type.String()),
  /** Of a table. */
  rows: Type.Integer(),
  /** Of what is stored. */
  sha256: Type.String(),
  /** Where each piece begins, and how many bytes it has. */
  pieces: Type.Array(Type.Tuple([Type.Integer(), Type.Integer()])),
})

export const Manifest = Type.Object({
  madeAt: Type.String(),
  /** When the newest migration that the database had had was made. */
  schema: Type.Integer(),
  /** Whom it is encrypted for; null: it is not. */
  recipient: Type.Union([Type.String(), Type.Null()]),
  /** Tells whether a secret is the one of this forum, without saying it. */
  secretCheck: Type.String(),
  sequences: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
  parts: Type.Array(Part),
})

/** What an archive holds, and where. It is never encrypted, and holds nothing that anybody wrote. */
export type Manifest = Static<typeof Manifest>
export type Part = Static<typeof Part>
