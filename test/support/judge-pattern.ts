/*
 * Prints how the steps that a pattern takes grow with the text: `linear`, or what is wrong with it. In a process of its
 * own, because what recheck cannot decide it may think about for ever.
 */

// In this process, without Java or a program of its own.
process.env.RECHECK_BACKEND = 'pure'
const { checkSync } = await import('recheck')

const [source = '', flags = ''] = process.argv.slice(2)
const found = checkSync(source, flags, { recallTimeout: -1, timeout: 20_000 })
if (found.status === 'safe') console.log('linear')
else console.log(found.status === 'vulnerable' ? found.complexity.summary : `unknown (${found.error.kind})`)
