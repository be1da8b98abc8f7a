const libs = 'domain|event-store|feed|views|statistics|disclosure|identity|access|http|service'
/** `name` may use only the libs in `allowed`. */
const only = (name, allowed, comment) => ({
  name: `${name}-imports`,
  severity: 'error',
  comment,
  from: { path: `^libs/${name}/src`, pathNot: '\\.spec\\.ts$' },
  to: { path: `^libs/(${libs})/`, pathNot: `^libs/(${[name, ...allowed].join('|')})/` },
})

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', comment: 'A cycle has no first page to read.', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', comment: 'Every import must be found.', from: {}, to: { couldNotResolve: true } },
    only('domain', [], 'What is recorded and decided depends on nothing of ours.'),
    only('statistics', [], 'Methods depend on nothing of ours.'),
    only('disclosure', ['statistics'], 'Disclosure control may use the methods, nothing else.'),
    only('event-store', ['domain'], 'Stores keep events of the domain, whatever is made of them.'),
    only('feed', ['domain', 'event-store'], 'A feed carries the events of a store.'),
    only('identity', ['domain'], 'The vault knows what a text is about, not who asks.'),
    only('access', ['domain'], 'Who may see what is said in the words of the domain.'),
    only('http', ['domain'], 'How errors and bodies go over HTTP is the same for every app.'),
    only('service', [], 'How a service starts, says how it is and ends is the same for every app.'),
    only('views', ['domain', 'statistics'], 'Views are made from events, wherever they came from, and appraised by the methods.'),
    {
      name: 'pure-libs',
      severity: 'error',
      comment: 'domain, statistics and disclosure do no I/O and know no framework: same input, same answer.',
      from: { path: '^libs/(domain|statistics|disclosure)/src', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(node:)?(fs|net|http|https|child_process|worker_threads|os)(/|$)|node_modules/(@nestjs|express|react|libsql|@clickhouse|kafkajs)' },
    },
    {
      name: 'apps-apart',
      severity: 'error',
      comment: 'Apps talk over ports and HTTP; only standalone composes them in one process.',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/standalone/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    { name: 'libs-below-apps', severity: 'error', comment: 'Libraries know no app.', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'web-is-a-reader',
      severity: 'error',
      comment: 'Pages may use types and pure functions, never a server or a store.',
      from: { path: '^apps/dashboard/web/src', pathNot: '\\.spec\\.tsx?$' },
      to: { path: '^apps/(?!dashboard/web)|^libs/(event-store|feed|identity|access|views)/', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default', 'node'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] },
  },
}
