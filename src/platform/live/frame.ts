/**
 * A text message as one unmasked WebSocket frame (RFC 6455, 5.2), to be written to any number of sockets as it is:
 * the library would make the same header again for each of them.
 */
export function textFrame(message: string): Buffer {
  const length = Buffer.byteLength(message)
  const header = frameHeader(length)
  const frame = Buffer.allocUnsafeSlow(header.length + length)
  header.copy(frame)
  frame.write(message, header.length)
  return frame
}

const FINAL_TEXT = 0x81
const TWO_BYTES = 126
const EIGHT_BYTES = 127

function frameHeader(length: number): Buffer {
  if (length < TWO_BYTES) return Buffer.from([FINAL_TEXT, length])
  if (length <= 0xffff) {
    const header = Buffer.from([FINAL_TEXT, TWO_BYTES, 0, 0])
    header.writeUInt16BE(length, 2)
    return header
  }
  const header = Buffer.alloc(10)
  header[0] = FINAL_TEXT
  header[1] = EIGHT_BYTES
  header.writeBigUInt64BE(BigInt(length), 2)
  return header
}
