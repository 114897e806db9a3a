import { hostname } from 'node:os';
import type { Configuration } from './configuration.ts';
import { didYouMean } from './did-you-mean.ts';
import { showAddress, type SocketAddress } from './read-address.ts';
import type { Surroundings } from './reading.ts';
import { VARIABLES, type Values, type Variable } from './variables.ts';

export type ConfigurationReading = { readonly ok: Configuration } | { readonly faults: readonly string[] };

/**
 * Reads the environment whole: the configuration, or every fault at once, each with the variable's name, what was given
 * (never of a secret) and what is expected. An empty variable counts as unset. A variable that starts with `POSTERN_`
 * and is not ours is a fault, since a misspelt limit must not pass for a set one.
 */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
  surroundings: Surroundings = { directory: process.cwd(), hostName: hostname() },
): ConfigurationReading {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, variable] of Object.entries<Variable<unknown>>(VARIABLES)) {
    const text = environment[variable.name]?.trim() ?? '';
    if (text === '') {
      values[key] = variable.unset(surroundings);
      continue;
    }
    const reading = variable.read(text, surroundings);
    if ('ok' in reading) values[key] = reading.ok;
    else faults.push(`${variable.name}: ${given(variable, text)}expected ${reading.expected}`);
  }
  faults.push(...unknownVariables(environment));
  if (faults.length > 0) return { faults };
  const read = complete(values);
  const clashes = [
    ...tlsTogether(read),
    ...tokensTogether(read),
    ...ssoTogether(read),
    ...bouncesTogether(read),
    ...sameAddressTwice(read),
  ];
  return clashes.length > 0 ? { faults: clashes } : { ok: configuration(read) };
}

function given(variable: Variable<unknown>, text: string): string {
  return variable.secret ? '' : `given ${JSON.stringify(text.slice(0, 200))}, `;
}

/** Every key of VARIABLES was given its variable's own reading: `read` and `unset` of one variable answer the same type. */
function complete(values: Record<string, unknown>): Values {
  return values as Values;
}

function unknownVariables(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const names: readonly string[] = Object.values(VARIABLES).map((each) => each.name);
  return Object.keys(environment)
    .filter((name) => name.startsWith('POSTERN_') && !names.includes(name))
    .map((name) => {
      const meant = didYouMean(name, names);
      return `${name}: no such variable${meant ? `; did you mean ${meant}?` : ' (docs/configuration.md lists all)'}`;
    });
}

function tlsTogether({ tlsCert, tlsKey }: Values): readonly string[] {
  const faults = together(['tlsCert', tlsCert], ['tlsKey', tlsKey]);
  if (tlsCert && tlsKey && tlsCert.length !== tlsKey.length) {
    const { name } = VARIABLES.tlsKey;
    return [
      `${name}: expected ${tlsCert.length} files, one for each of ${VARIABLES.tlsCert.name}; given ${tlsKey.length}`,
    ];
  }
  return faults;
}

function tokensTogether({ tokenIssuer, tokenAudience }: Values): readonly string[] {
  return together(['tokenIssuer', tokenIssuer], ['tokenAudience', tokenAudience]);
}

/** Single sign-on is whole or is not there. */
function ssoTogether({ ssoIssuer, ssoClientId, ssoClientSecret, consoleUrl }: Values): readonly string[] {
  if (ssoIssuer === undefined) return together(['ssoIssuer', ssoIssuer], ['ssoClientId', ssoClientId]);
  return [
    ...together(['ssoIssuer', ssoIssuer], ['ssoClientId', ssoClientId]),
    ...together(['ssoIssuer', ssoIssuer], ['ssoClientSecret', ssoClientSecret]),
    ...together(['ssoIssuer', ssoIssuer], ['consoleUrl', consoleUrl]),
  ];
}

/** A listener for return-paths needs to know them; the domain alone is enough where other machines listen. */
function bouncesTogether({ listenBounces, bounceDomain }: Values): readonly string[] {
  if (listenBounces.length === 0 || bounceDomain !== undefined) return [];
  return [`${VARIABLES.bounceDomain.name}: expected together with ${VARIABLES.listenBounces.name}, which is set`];
}

/** Two variables of which neither means anything without the other. */
function together(...pair: readonly (readonly [keyof typeof VARIABLES, unknown])[]): readonly string[] {
  const [set] = pair.filter(([, value]) => value !== undefined);
  const [missing] = pair.filter(([, value]) => value === undefined);
  if (!set || !missing) return [];
  return [`${VARIABLES[missing[0]].name}: expected together with ${VARIABLES[set[0]].name}, which is set`];
}

function sameAddressTwice(values: Values): readonly string[] {
  const seen = new Map<string, string>();
  const faults: string[] = [];
  for (const key of [
    'listenSubmission',
    'listenSubmissions',
    'listenRelay',
    'listenDevices',
    'listenDevicesTls',
    'listenBounces',
    'listenApi',
    'listenConsole',
    'listenSubmissionMetrics',
    'listenDeliveryMetrics',
    'listenConsoleMetrics',
  ] as const) {
    for (const address of values[key].filter((each: SocketAddress) => each.port !== 0)) {
      const { name } = VARIABLES[key];
      const other = seen.get(showAddress(address));
      if (other === undefined) seen.set(showAddress(address), name);
      else
        faults.push(
          `${name}: given "${showAddress(address)}", which ${other} takes already; expected another address or port`,
        );
    }
  }
  return faults;
}

function configuration(values: Values): Configuration {
  const { tokenIssuer, tokenAudience, tokenClaim } = values;
  return Object.freeze({
    dataDir: values.dataDir,
    databaseUrl: values.databaseUrl,
    redisUrl: values.redisUrl,
    hostname: values.hostname,
    listen: Object.freeze({
      submission: values.listenSubmission,
      submissions: values.listenSubmissions,
      relay: values.listenRelay,
      devices: values.listenDevices,
      devicesTls: values.listenDevicesTls,
      bounces: values.listenBounces,
      api: values.listenApi,
      console: values.listenConsole,
      submissionMetrics: values.listenSubmissionMetrics,
      deliveryMetrics: values.listenDeliveryMetrics,
      consoleMetrics: values.listenConsoleMetrics,
    }),
    tls: certificates(values),
    clientAuthoritiesFile: values.clientAuthorities,
    proxyNetworks: values.proxyNetworks,
    tokens:
      tokenIssuer !== undefined && tokenAudience !== undefined
        ? { issuer: tokenIssuer, audience: tokenAudience, claim: tokenClaim }
        : undefined,
    consoleUrl: values.consoleUrl,
    singleSignOn: singleSignOn(values),
    firstAccount: { email: values.adminEmail, password: values.adminPassword },
    secret: values.secret,
    dns: { servers: values.dnsServers, trustAd: values.dnsTrustAd },
    bounceDomain: values.bounceDomain,
    deliveryPort: values.deliveryPort,
    policyPort: values.policyPort,
    tlsRootsFile: values.tlsRoots,
    allowSpecialAddresses: values.allowSpecialAddresses,
    sourceAddresses: values.sourceAddresses,
    apiRequestsPerMinute: values.apiRequestsPerMinute,
    dnsBlockLists: values.dnsBlockLists,
    maxMessageOctets: values.maxMessageOctets,
    connections: {
      maxConnections: values.maxConnections,
      maxConnectionsPerAddress: values.maxConnectionsPerAddress,
    },
    receivedClient: values.receivedClient,
    processes: values.processes,
    logLevel: values.logLevel,
  });
}

function certificates({ tlsCert, tlsKey }: Values): Configuration['tls'] {
  const [first, ...more] = (tlsCert ?? []).flatMap((certFile, index) => {
    const keyFile = tlsKey?.[index];
    return keyFile === undefined ? [] : [{ certFile, keyFile }];
  });
  return first && { ...first, more };
}

function singleSignOn(values: Values): Configuration['singleSignOn'] {
  const { ssoIssuer: issuer, ssoClientId: clientId, ssoClientSecret: clientSecret, consoleUrl } = values;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined || consoleUrl === undefined)
    return undefined;
  const { ssoName: name, ssoRoleClaim: roleClaim, ssoRoles: roles } = values;
  return { issuer, clientId, clientSecret, consoleUrl, name, roleClaim, roles };
}
