import { resolve } from 'node:path'
import t from 'tap'
import { type Config, readConfig } from '../src/config.ts'

const DEFAULTS: Config = {
  port: 3000,
  host: '127.0.0.1',
  onionPort: null,
  trustedProxies: ['loopback'],
  webhookNetworks: [],
  origin: 'http://127.0.0.1:3000',
  dataDir: resolve('.data'),
  databaseUrl: null,
  databasePool: 10,
  otlpEndpoint: null,
  liveBus: null,
  databaseReplicaUrls: [],
  databaseReplicaLag: 10,
  secret: null,
  securityContact: null,
  logLevel: 'info',
  rateLimits: true,
  smtpUrl: null,
  mailFrom: 'Contrechamp <forum@localhost>',
  mailRate: 20,
  dkimKey: null,
  dkimSelector: 'contrechamp',
  mailConnections: 4,
  bounceAddress: 'forum@localhost',
  bounceListen: null,
  development: false,
  worker: true,
  backupDir: null,
  backupRecipient: null,
  metricsToken: null,
}

t.test('without a setting, the forum is for this machine', async (t) => {
  t.same(readConfig({}), DEFAULTS)
  t.same(readConfig({ PORT: ' ', DATABASE_URL: '', SECRET: '' }), DEFAULTS, 'an empty one is none')
})

const SECRET = 'x'.repeat(32)

for (const [settings, config] of [
  [{ PORT: '80' }, { port: 80, origin: 'http://127.0.0.1' }],
  [{ HOST: '0.0.0.0' }, { host: '0.0.0.0', origin: 'http://localhost:3000' }],
  [
    { HOST: '::1', PORT: '8080' },
    { host: '::1', port: 8080, origin: 'http://[::1]:8080' },
  ],
  [
    { ORIGIN: 'https://forum.exemple.fr/' },
    {
      origin: 'https://forum.exemple.fr',
      mailFrom: 'Contrechamp <forum@forum.exemple.fr>',
      bounceAddress: 'forum@forum.exemple.fr',
    },
  ],
  [{ ORIGIN: 'https://[::1]:8443' }, { origin: 'https://[::1]:8443' }],
  [{ DATA_DIR: '/var/lib/forum' }, { dataDir: '/var/lib/forum' }],
  [{ DATABASE_URL: 'postgres://a:b@c:5432/d' }, { databaseUrl: 'postgres://a:b@c:5432/d' }],
  [
    { DATABASE_REPLICA_URLS: 'postgres://a, postgres://b,', DATABASE_REPLICA_LAG: '3' },
    { databaseReplicaUrls: ['postgres://a', 'postgres://b'], databaseReplicaLag: 3 },
  ],
  [{ LIVE_BUS: 'redis://a:b@c:6379' }, { liveBus: 'redis://a:b@c:6379' }],
  [{ METRICS_TOKEN: 'jeton' }, { metricsToken: 'jeton' }],
  [{ DATABASE_POOL: '25' }, { databasePool: 25 }],
  [{ SECRET }, { secret: SECRET }],
  [{ SMTP_URL: 'smtps://a:b@c:465' }, { smtpUrl: 'smtps://a:b@c:465' }],
  [
    { MAIL_FROM: 'a@b.fr', MAIL_RATE: '5' },
    { mailFrom: 'a@b.fr', mailRate: 5, bounceAddress: 'a@b.fr' },
  ],
  [
    { MAIL_CONNECTIONS: '10', BOUNCE_ADDRESS: 'retours@exemple.fr' },
    { mailConnections: 10, bounceAddress: 'retours@exemple.fr' },
  ],
  [{ BOUNCE_LISTEN: 'lmtp://127.0.0.1:2424' }, { bounceListen: { lmtp: true, host: '127.0.0.1', port: 2424 } }],
  [{ BOUNCE_LISTEN: 'smtp://[::1]:2525' }, { bounceListen: { lmtp: false, host: '::1', port: 2525 } }],
  [
    { DKIM_KEY: '/k', DKIM_SELECTOR: 's' },
    { dkimKey: '/k', dkimSelector: 's' },
  ],
  [{ SECURITY_CONTACT: 'mailto:securite@exemple.fr' }, { securityContact: 'mailto:securite@exemple.fr' }],
  [{ SECURITY_CONTACT: 'https://exemple.fr/securite' }, { securityContact: 'https://exemple.fr/securite' }],
  [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
  [
    { RATE_LIMITS: 'off', WORKER: 'off' },
    { rateLimits: false, worker: false },
  ],
] as [Record<string, string>, Partial<Config>][]) {
  t.test(`${JSON.stringify(settings)} is taken`, async (t) => t.same(readConfig(settings), { ...DEFAULTS, ...config }))
}

for (const [name, values] of [
  ['PORT', ['0', '65536', '-1', '80.5', '0x50', 'http']],
  [
    'ORIGIN',
    [
      'forum.exemple.fr',
      'ftp://forum.exemple.fr',
      'https://exemple.fr/forum',
      'https://exemple.fr/?a',
      'https://a@exemple.fr',
    ],
  ],
  ['DATABASE_REPLICA_URLS', ['postgres://a,b', 'mysql://a']],
  ['DATABASE_REPLICA_LAG', ['0', '-1', '1.5']],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', ['collector:4318', 'redis://a']],
  ['LIVE_BUS', ['localhost:6379', 'http://a', 'redis:']],
  ['DATABASE_URL', ['mysql://a@b/c', 'postgres:', 'forum', 'postgres://[']],
  ['DATABASE_POOL', ['0', '1001', 'ten']],
  ['SECRET', ['court', 'x'.repeat(31)]],
  ['SMTP_URL', ['localhost:25', 'http://a', 'smtp://[']],
  ['MAIL_FROM', ['Contrechamp', 'a@b c@d', 'x <a@b']],
  ['MAIL_RATE', ['0', 'fast']],
  ['MAIL_CONNECTIONS', ['0', '101']],
  ['BOUNCE_ADDRESS', ['bounces', 'a@b, c@d', 'x <a@b>']],
  ['BOUNCE_LISTEN', ['2525', '127.0.0.1:2525', 'smtp://127.0.0.1', 'lmtp://127.0.0.1:0', 'http://127.0.0.1:80']],
  [
    'SECURITY_CONTACT',
    ['securite@exemple.fr', 'http://exemple.fr', 'mailto:a', 'mailto:a@b\nContact: x', 'javascript:1'],
  ],
  ['LOG_LEVEL', ['verbose', 'INFO']],
  ['RATE_LIMITS', ['yes', 'true']],
  ['WORKER', ['1', 'no']],
] as const) {
  for (const value of values) {
    t.test(`${name}=${value} is refused by name`, async (t) => {
      t.throws(() => readConfig({ [name]: value }), { name: 'OperatorError', message: new RegExp(`^${name} must `) })
    })
  }
}

t.test('a password in a wrong address is not shown', async (t) => {
  t.throws(() => readConfig({ DATABASE_URL: 'mysql://a:geheim@b/c' }), { message: /^(?!.*geheim)/ })
})
