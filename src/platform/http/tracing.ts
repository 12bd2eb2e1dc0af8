import type { Attributes, SpanStatus } from '@opentelemetry/api'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base'
import { OperatorError } from '../process/operator-error.ts'
import type { App } from './app.ts'

/** All that is said of a request and of its handler: the pattern of the route in the place of the path, and no message of an error. */
const SAID = ['http.route', 'http.request.method', 'http.response.status_code', 'fastify.type']
const SENT_EVERY_MILLISECONDS = 2_000
const LONGEST_SENDING_MILLISECONDS = 3_000

/**
 * Tells a collector (OTLP over HTTP) how long each request took, and its handler. What it needs is loaded only then. Pages
 * that are answered as kept are not among them, and what a visitor says of a trace of their own is not believed.
 * @param endpoint null: nobody is told anything.
 * @throws OperatorError where the packages were left out of the installation.
 */
export async function traceRequests(app: App, endpoint: string | null): Promise<void> {
  if (endpoint === null) return
  const { FastifyOtelInstrumentation, OTLPTraceExporter, sdk, resourceFromAttributes } = await packages()
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: LONGEST_SENDING_MILLISECONDS,
  })
  const provider = new sdk.BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'contrechamp' }),
    spanProcessors: [
      new sdk.BatchSpanProcessor(withoutPeople(exporter), { scheduledDelayMillis: SENT_EVERY_MILLISECONDS }),
    ],
  })
  const instrumentation = new FastifyOtelInstrumentation({ instrumentHooks: false, recordExceptions: false })
  instrumentation.setTracerProvider(provider)
  await app.register(instrumentation.plugin())
  app.addHook('onClose', async () => {
    await provider.shutdown().catch(() => {})
  })
}

async function packages() {
  try {
    const [{ FastifyOtelInstrumentation }, { OTLPTraceExporter }, sdk, { resourceFromAttributes }] = await Promise.all([
      import('@fastify/otel'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/resources'),
    ])
    return { FastifyOtelInstrumentation, OTLPTraceExporter, sdk, resourceFromAttributes }
  } catch {
    throw new OperatorError(
      'OTEL_EXPORTER_OTLP_ENDPOINT needs the optional packages: install again without --omit=optional.',
    )
  }
}

/** Sends on only what is the same whoever asks: a path says who is read, and a query what is searched. */
function withoutPeople(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(anonymous), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  }
}

function anonymous(span: ReadableSpan): ReadableSpan {
  const attributes: Attributes = {}
  for (const name of SAID) if (span.attributes[name] !== undefined) attributes[name] = span.attributes[name]
  const status: SpanStatus = { code: span.status.code }
  const own = { name: { value: nameOf(attributes) }, attributes: { value: attributes } }
  return Object.create(span, { ...own, status: { value: status }, events: { value: [] }, links: { value: [] } })
}

const nameOf = (said: Attributes): string =>
  said['fastify.type'] === 'request-handler'
    ? 'handler'
    : `${said['http.request.method'] ?? ''} ${said['http.route'] ?? 'none'}`.trim()
