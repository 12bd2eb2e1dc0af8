import { SMTPServer } from 'smtp-server'

/** An SMTP server of its own process that takes every mail, and says how many when it is told to end. */
let taken = 0
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, _session, done) {
    stream.resume()
    stream.on('end', () => {
      taken += 1
      done()
    })
  },
})
server.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('listens\n'))
process.on('SIGTERM', () => {
  process.stdout.write(`${taken}\n`, () => process.exit())
})
