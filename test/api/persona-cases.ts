// Objects that the API server has to take or refuse. Asked of our validator without a cluster, and of both in the cluster test.

/** A spec, or a whole object, with what both sides have to say of it. */
export interface PersonaCase {
  readonly object: Record<string, unknown>;
  /** What the API server's message has to hold; absent where the object is taken. */
  readonly refused?: RegExp;
  /** What our path and message have to hold; as the API server's where absent. */
  readonly ours?: RegExp;
}

/** An ApplicationPersona with the required fields and these. */
export const persona = (spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'dorgu.io/v1',
  kind: 'ApplicationPersona',
  metadata: { name: 'shop', ...metadata },
  spec: { name: 'shop', type: 'api', ...spec },
});

/** A ClusterPersona with the required fields and these. */
export const clusterPersona = (spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'dorgu.io/v1',
  kind: 'ClusterPersona',
  metadata: { name: 'production', ...metadata },
  spec: { name: 'production', ...spec },
});

const taken = (object: Record<string, unknown>): PersonaCase => ({ object });
const refused = (object: Record<string, unknown>, message: RegExp, ours?: RegExp): PersonaCase => ({
  object,
  refused: message,
  ...(ours ? { ours } : {}),
});

const resources = (requests: object, limits: object = {}) => persona({ resources: { requests, limits } });
const ports = (...list: object[]) => persona({ networking: { ports: list } });
const deployment = (policy: object) => persona({ policies: { deployment: policy } });
const ingress = (fields: object) => persona({ networking: { ingress: fields } });
const rules = (...list: object[]) => clusterPersona({ rules: list });
const exceptions = (fields: object) =>
  clusterPersona({
    exceptions: [{ rule: 'image/tag', reason: 'old image', until: '2030-01-01T00:00:00Z', ...fields }],
  });
const cidrs = (...list: string[]) =>
  clusterPersona({ policies: { networking: { allowedExternalCIDRs: list } } });
const selector = (requirement: object) =>
  rules({ id: 'image/*', level: 'warn', namespaceSelector: { matchExpressions: [requirement] } });

const quantityMessage = /must be a quantity such as 250m/;
const quantityExpected = /expected a quantity such as 250m/;

/** Everything that the predecessor's CLI writes, as it writes it. */
export const predecessorPersona = persona(
  {
    version: '1',
    tier: 'critical',
    technical: { language: 'go', framework: 'gin', description: 'Takes orders.\nSends invoices.\n' },
    resources: {
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { cpu: '500m', memory: '512Mi' },
      profile: 'standard',
    },
    scaling: { minReplicas: 2, maxReplicas: 10, targetCPU: 70, targetMemory: 80, behavior: 'balanced' },
    health: { livenessPath: '/health', readinessPath: '/ready', port: 8080, startupGracePeriod: '30s' },
    dependencies: [
      { name: 'postgresql', type: 'database', required: true, healthCheck: 'pg_isready -h postgresql' },
      { name: 'redis', type: 'cache', required: false },
    ],
    networking: {
      ports: [
        { port: 8080, protocol: 'TCP', purpose: 'HTTP API' },
        { port: 9090, protocol: 'TCP', purpose: 'metrics' },
      ],
      ingress: { enabled: true, host: 'shop.apps.example.com', paths: ['/', '/api'], tlsEnabled: true },
    },
    ownership: {
      team: 'orders',
      owner: 'orders@example.com',
      repository: 'https://git.example.com/orders/shop',
      oncall: 'https://pager.example.com/orders',
      runbook: 'https://wiki.example.com/Orders runbook',
    },
    policies: {
      security: {
        runAsNonRoot: true,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        imageRunsAsRoot: true,
        runAsUser: 1000,
      },
      deployment: { strategy: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
      maintenance: { window: 'Sun 02:00-04:00 UTC', autoRestart: false },
    },
  },
  { labels: { 'app.kubernetes.io/managed-by': 'dorgu', 'dorgu.io/team': 'orders' } },
);

/** The same for a cluster. */
export const predecessorClusterPersona = clusterPersona({
  name: 'Production EU',
  description: 'Customers in Europe.',
  environment: 'production',
  policies: {
    security: {
      enforceNonRoot: true,
      enforceReadOnlyRoot: false,
      disallowPrivileged: true,
      allowedRegistries: ['ghcr.io/acme', 'registry.example.com:5000', 'docker.io'],
      podSecurityStandard: 'restricted',
    },
    networking: { defaultDenyIngress: true, defaultDenyEgress: false, allowedExternalCIDRs: ['10.0.0.0/8'] },
    compliance: ['SOC2', 'GDPR'],
  },
  conventions: {
    namingPattern: '{team}-{app}-{env}',
    requiredLabels: ['team', 'app.kubernetes.io/name'],
    requiredAnnotations: ['example.com/owner'],
    namespacePrefix: 'acme-',
  },
  defaults: {
    namespace: 'default',
    registry: 'ghcr.io/acme',
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    scaling: { minReplicas: 2, maxReplicas: 5 },
  },
  resourceQuotas: {
    maxPodsPerNamespace: 100,
    maxCPUPerNamespace: '20',
    maxMemoryPerNamespace: '64Gi',
    maxPVCsPerNamespace: 20,
  },
});

/** By sentence. */
export const applicationCases: Record<string, PersonaCase> = {
  'takes the least that a persona can be': taken(persona()),
  "takes the predecessor's persona unchanged": taken(predecessorPersona),
  'refuses a persona without a name': refused(persona({ name: undefined }), /spec\.name: Required/, /spec\.name: is required/),
  'refuses a persona without a type': refused(persona({ type: undefined }), /spec\.type: Required/, /spec\.type: is required/),
  'refuses a persona without a spec': refused({ ...persona(), spec: undefined }, /spec: Required/, /spec: is required/),
  'refuses a type that nobody knows': refused(persona({ type: 'server' }), /spec\.type: Unsupported value: "server"/, /spec\.type: expected one of api, web/),
  'refuses a tier that nobody knows': refused(persona({ tier: 'gold' }), /spec\.tier: Unsupported value: "gold"/, /one of critical/),
  "refuses the profile that the predecessor's generator wrote": refused(persona({ resources: { profile: 'api' } }), /profile: Unsupported value/, /profile: expected one of minimal/),
  'refuses a name with capitals': refused(persona({ name: 'Shop' }), /spec\.name.*should match/, /spec\.name: expected a DNS label/),
  'refuses a name with an underscore': refused(persona({ name: 'my_shop' }), /spec\.name.*should match/, /DNS label/),
  'refuses a name that ends in a hyphen': refused(persona({ name: 'shop-' }), /spec\.name.*should match/, /DNS label/),
  'refuses a name with a line end': refused(persona({ name: 'shop\n' }), /spec\.name.*should match/, /DNS label/),
  'refuses an empty name': refused(persona({ name: '' }), /spec\.name/),
  'takes a name of 63 characters': taken(persona({ name: 'a'.repeat(63) })),
  'refuses a name of 64 characters': refused(persona({ name: 'a'.repeat(64) }), /Too long/, /at most 63 characters, found 64/),
  'refuses an object name with capitals': refused(persona({}, { name: 'Shop' }), /metadata\.name: Invalid value/, /metadata\.name: expected a DNS name/),
  'refuses a label value with a blank': refused(persona({}, { labels: { team: 'a b' } }), /metadata\.labels: Invalid value/, /metadata\.labels\.team: expected/),
  'refuses a label key with a blank': refused(persona({}, { labels: { 'a b': 'c' } }), /metadata\.labels: Invalid value/, /metadata\.labels\["a b"\]: expected/),
  'refuses a number where text belongs': refused(persona({ version: 1 }), /spec\.version: Invalid value: "integer"/, /spec\.version: expected string, found 1/),
  'refuses text where an object belongs': refused(persona({ scaling: 'auto' }), /spec\.scaling: Invalid value: "string"/, /spec\.scaling: expected object, found "auto"/),
  'refuses an object where a list belongs': refused(persona({ dependencies: { name: 'redis' } }), /spec\.dependencies: Invalid value: "object"/, /expected array/),
  'takes null for absent': taken(persona({ scaling: null, tier: null, health: { port: null } })),
  'refuses null in a list': refused(persona({ dependencies: [null] }), /spec\.dependencies\[0\]/),
  'takes a line of 256 characters, counted as people count': taken(persona({ ownership: { team: '\u{1f600}'.repeat(256) } })),
  'refuses a line of 257 characters': refused(persona({ ownership: { team: '\u{1f600}'.repeat(257) } }), /Too long/, /at most 256 characters, found 257/),
  'refuses a terminal escape in a line': refused(persona({ ownership: { team: 'a\u001b[31mb' } }), /ownership\.team.*should match/, /without control characters, found "a\\u001b/),
  'refuses a description of 5,000 characters': refused(persona({ technical: { description: 'x'.repeat(5000) } }), /Too long/, /at most 4096/),

  'takes quantities of all kinds': taken(resources({ cpu: '.5', memory: '1e3' }, { cpu: '1.', memory: '1Ei' })),
  'takes a quantity that YAML made a number': taken(resources({ cpu: 1, memory: 1048576 }, { cpu: '1000m', memory: '1Mi' })),
  'takes a request that equals its limit in another unit': taken(resources({ cpu: '0.1', memory: '1Gi' }, { cpu: '100m', memory: '1024Mi' })),
  'refuses a quantity that is a word': refused(resources({ cpu: 'abc' }), quantityMessage, quantityExpected),
  'refuses an empty quantity': refused(resources({ memory: '' }), quantityMessage, quantityExpected),
  'refuses a negative quantity': refused(resources({ cpu: '-1' }), /requests\.cpu.*should match/, quantityExpected),
  'refuses a negative number': refused(resources({ cpu: -1 }), /should be greater than or equal to 0/, /expected 0 or more, found -1/),
  'refuses a fraction that YAML made a number': refused(resources({ cpu: 0.5 }), /requests\.cpu.*(integer|string)/, /expected integer or string, found 0.5/),
  'refuses a quantity with an exponent out of all proportion, at once': refused(resources({ cpu: '1e999' }, { cpu: '1e99999999' }), quantityMessage, quantityExpected),
  'refuses a quantity with a blank': refused(resources({ memory: '1Gi ' }), quantityMessage, quantityExpected),
  'refuses Arabic digits': refused(resources({ memory: '\u0661\u0662' }), quantityMessage, quantityExpected),
  'refuses a quantity of 4,000 digits': refused(resources({ memory: '1'.repeat(4000) }), /Too long/, /at most 36 characters, found 4000/),
  'refuses a quantity that is true': refused(resources({ cpu: true }), /requests\.cpu/, /found true/),
  'refuses a CPU request over its limit': refused(resources({ cpu: '501m' }, { cpu: '0.5' }), /resources\.requests\.cpu.*requests\.cpu must not be greater than limits\.cpu/),
  'refuses a memory request over its limit': refused(resources({ memory: '1Gi' }, { memory: '1G' }), /requests\.memory must not be greater than limits\.memory/),
  'refuses a request over its limit by one beyond 2^53': refused(resources({ memory: '9007199254740993' }, { memory: '9007199254740992' }), /requests\.memory must not be greater/),

  'takes as few replicas as at most': taken(persona({ scaling: { minReplicas: 3, maxReplicas: 3 } })),
  'takes a scale to zero': taken(persona({ scaling: { minReplicas: 0, maxReplicas: 1 } })),
  'refuses more replicas at least than at most': refused(persona({ scaling: { minReplicas: 4, maxReplicas: 3 } }), /scaling\.minReplicas.*minReplicas must not be greater than maxReplicas/),
  'refuses no replicas at most': refused(persona({ scaling: { maxReplicas: 0 } }), /maxReplicas.*greater than or equal to 1/, /maxReplicas: expected 1 to 100000, found 0/),
  'refuses a negative number of replicas': refused(persona({ scaling: { minReplicas: -1 } }), /minReplicas.*greater than or equal to 0/, /found -1/),
  'refuses half a replica': refused(persona({ scaling: { minReplicas: 1.5 } }), /minReplicas/, /expected integer, found 1.5/),
  'refuses a CPU target over 100': refused(persona({ scaling: { targetCPU: 101 } }), /targetCPU.*less than or equal to 100/, /expected 1 to 100, found 101/),
  'refuses a memory target of 0': refused(persona({ scaling: { targetMemory: 0 } }), /targetMemory.*greater than or equal to 1/, /found 0/),
  'refuses a behaviour that nobody knows': refused(persona({ scaling: { behavior: 'wild' } }), /behavior: Unsupported value/, /one of conservative/),

  'takes a port for TCP and UDP': taken(ports({ port: 53 }, { port: 53, protocol: 'UDP' })),
  'refuses port 0': refused(ports({ port: 0 }), /ports\[0\]\.port.*greater than or equal to 1/, /ports\[0\]\.port: expected 1 to 65535, found 0/),
  'refuses port 65536': refused(ports({ port: 65536 }), /less than or equal to 65535/, /found 65536/),
  'refuses a port in quotes': refused(ports({ port: '80' }), /ports\[0\]\.port.*"string"/, /expected integer, found "80"/),
  'refuses a port without a number': refused(ports({ purpose: 'http' }), /ports\[0\]\.port: Required/, /ports\[0\]\.port: is required/),
  'refuses a port twice, once by default': refused(ports({ port: 80 }, { port: 80, protocol: 'TCP' }), /ports\[1\]: Duplicate value/, /ports\[1\]: is there twice: port 80, protocol "TCP"/),
  'refuses a protocol that nobody knows': refused(ports({ port: 80, protocol: 'HTTP' }), /protocol: Unsupported value/, /one of TCP, UDP, SCTP/),
  'refuses 101 ports': refused(ports(...Array.from({ length: 101 }, (_, index) => ({ port: index + 1 }))), /Too many/, /at most 100 items, found 101/),
  'refuses a dependency twice': refused(persona({ dependencies: [{ name: 'redis' }, { name: 'redis' }] }), /dependencies\[1\]: Duplicate value/, /is there twice: name "redis"/),
  'refuses a dependency without a name': refused(persona({ dependencies: [{ type: 'cache' }] }), /dependencies\[0\]\.name: Required/, /is required/),
  'takes names that JavaScript has too': taken(persona({ dependencies: [{ name: '__proto__' }, { name: 'constructor' }] })),
  'refuses such a name twice': refused(persona({ dependencies: [{ name: '__proto__' }, { name: '__proto__' }] }), /Duplicate value/, /is there twice/),

  'takes a wildcard host': taken(ingress({ enabled: true, host: '*.example.com' })),
  'takes an ingress without a host yet': taken(ingress({ enabled: true })),
  'refuses a host with a port': refused(ingress({ host: 'example.com:80' }), /ingress\.host.*should match/, /expected a host name/),
  'refuses a path that does not start with a slash': refused(ingress({ paths: ['api'] }), /ingress\.paths\[0\].*should match/, /paths\[0\]: expected a path/),
  'refuses a probe path with a blank': refused(persona({ health: { livenessPath: '/a b' } }), /livenessPath.*should match/, /expected a path/),

  'takes a grace period of exactly a day': taken(persona({ health: { startupGracePeriod: '23h59m60s' } })),
  'refuses a grace period over a day': refused(persona({ health: { startupGracePeriod: '24h1ms' } }), /startupGracePeriod.*must be at most 24h/),
  'refuses a grace period without a unit': refused(persona({ health: { startupGracePeriod: '30' } }), /startupGracePeriod.*should match/, /expected a duration such as 30s/),

  'takes maxSurge as a number': taken(deployment({ maxSurge: 1, maxUnavailable: 0 })),
  'takes maxSurge over 100%': taken(deployment({ maxSurge: '200%' })),
  'refuses maxUnavailable over 100%': refused(deployment({ maxUnavailable: '101%' }), /maxUnavailable.*should match/, /at most 100%, found "101%"/),
  'refuses a maxSurge that is a word': refused(deployment({ maxSurge: 'half' }), /maxSurge.*should match/, /found "half"/),
  'refuses a rolling update that cannot begin': refused(deployment({ maxSurge: '0%', maxUnavailable: 0 }), /maxSurge and maxUnavailable must not both be 0/),
  'takes the same where nothing rolls': taken(deployment({ strategy: 'Recreate', maxSurge: 0, maxUnavailable: 0 })),
  'refuses a strategy that nobody knows': refused(deployment({ strategy: 'Rolling' }), /strategy: Unsupported value/, /one of RollingUpdate/),
  'refuses yes for true': refused(persona({ policies: { security: { runAsNonRoot: 'yes' } } }), /runAsNonRoot.*"string"/, /expected boolean, found "yes"/),

  'takes bounds for sizing': taken(persona({ sizing: { mode: 'off', min: { cpu: '50m' }, max: { cpu: 2, memory: '1Gi' } } })),
  'refuses sizing bounds in the wrong order': refused(persona({ sizing: { min: { memory: '2Gi' }, max: { memory: '1Gi' } } }), /min\.memory must not be greater than max\.memory/),
  'refuses sizing bounds for CPU in the wrong order': refused(persona({ sizing: { min: { cpu: 2 }, max: { cpu: '1999m' } } }), /min\.cpu must not be greater than max\.cpu/),
  'refuses an off that YAML made false': refused(persona({ sizing: { mode: false } }), /sizing\.mode.*"boolean"/, /sizing\.mode: expected .*/),
}; // prettier-ignore

/** By sentence. */
export const clusterCases: Record<string, PersonaCase> = {
  'takes the least that a ClusterPersona can be': taken(clusterPersona()),
  "takes the predecessor's ClusterPersona unchanged": taken(predecessorClusterPersona),
  'refuses a ClusterPersona without a name': refused(clusterPersona({ name: undefined }), /spec\.name: Required/, /is required/),
  'refuses an environment that nobody knows': refused(clusterPersona({ environment: 'qa' }), /environment: Unsupported value/, /one of development/),
  'refuses a Pod Security Standard that nobody knows': refused(clusterPersona({ policies: { security: { podSecurityStandard: 'strict' } } }), /podSecurityStandard: Unsupported value/, /one of privileged/),
  'refuses a requirePersona that nobody knows': refused(clusterPersona({ policies: { requirePersona: 'error' } }), /requirePersona: Unsupported value/, /one of off, warn, deny/),
  'refuses a registry twice': refused(clusterPersona({ policies: { security: { allowedRegistries: ['ghcr.io', 'ghcr.io'] } } }), /allowedRegistries\[1\]: Duplicate value/, /is there twice: "ghcr.io"/),
  'refuses a registry with a blank': refused(clusterPersona({ policies: { security: { allowedRegistries: ['ghcr.io acme'] } } }), /allowedRegistries\[0\].*should match/, /expected an image registry/),
  'takes address ranges of both families': taken(cidrs('10.0.0.0/8', '2001:db8::/32', '::/0', '64:ff9b::1.2.3.4/96')),
  'refuses an address range without a length': refused(cidrs('10.0.0.0'), /should match/, /expected an address range/),
  'refuses an address range with a length beyond the address': refused(cidrs('10.0.0.0/33'), /must be an address range/),
  'refuses an address range with a leading zero': refused(cidrs('10.0.0.01/8'), /must be an address range/),
  'refuses IPv4 dressed as IPv6': refused(cidrs('::ffff:1.2.3.4/96'), /must be an address range/),
  'refuses a required label that is none': refused(clusterPersona({ conventions: { requiredLabels: ['team name'] } }), /requiredLabels\[0\].*should match/, /expected a label key/),
  'refuses a default request over its default limit': refused(clusterPersona({ defaults: { resources: { requests: { cpu: 2 }, limits: { cpu: 1 } } } }), /requests\.cpu must not be greater/),
  'refuses default replicas in the wrong order': refused(clusterPersona({ defaults: { scaling: { minReplicas: 2, maxReplicas: 1 } } }), /minReplicas must not be greater/),
  'refuses a quota that is a word': refused(clusterPersona({ resourceQuotas: { maxMemoryPerNamespace: 'much' } }), quantityMessage, quantityExpected),
  'takes a rule, and a family of rules': taken(rules({ id: 'security/run-as-non-root', level: 'deny' }, { id: 'security/*', level: 'warn', enforceFrom: '2027-01-01T00:00:00+01:00' })),
  'refuses a rule that is no rule': refused(rules({ id: 'security', level: 'deny' }), /rules\[0\]\.id.*should match/, /expected a rule such as/),
  'refuses a level that nobody knows': refused(rules({ id: 'image/tag', level: 'error' }), /level: Unsupported value/, /one of off, info, warn, deny/),
  'refuses a date for a time': refused(rules({ id: 'image/tag', level: 'deny', enforceFrom: '2027-01-01' }), /enforceFrom/, /expected an instant/),
  'takes a selector': taken(selector({ key: 'team', operator: 'In', values: ['a', ''] })),
  'refuses In without values': refused(selector({ key: 'team', operator: 'In' }), /values must be given for In and NotIn/),
  'refuses Exists with values': refused(selector({ key: 'team', operator: 'Exists', values: ['a'] }), /left out for Exists/),
  'takes a match on labels': taken(rules({ id: 'image/*', level: 'warn', namespaceSelector: { matchLabels: { team: 'a', __proto__x: 'b' } } })),
  'takes an exception': taken(exceptions({ namespace: 'store', persona: 'shop', container: 'main' })),
  'refuses an exception without an end': refused(exceptions({ until: undefined }), /until: Required/, /until: is required/),
  'refuses an exception without a reason': refused(exceptions({ reason: undefined }), /reason: Required/, /reason: is required/),
  'refuses an exception that ends on a day that there is not': refused(exceptions({ until: '2027-02-29T00:00:00Z' }), /until.*should match/, /expected an instant/),
  'refuses a leap day in a century that has none': refused(exceptions({ until: '2100-02-29T00:00:00Z' }), /until.*should match/, /expected an instant/),
  'refuses a list for a time': refused(exceptions({ until: [{}] }), /until.*"array"/, /until: expected string/),
  'takes one that ends on a leap day': taken(exceptions({ until: '2028-02-29T23:59:59.999Z' })),
}; // prettier-ignore
