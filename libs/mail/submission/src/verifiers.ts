import { type CredentialWithSecrets, scramSalt } from '@postern/credentials';
import { SCRAM_ITERATIONS, type ScramLookup } from '@postern/sasl';

/**
 * What SCRAM checks a name's client against. Salt and iterations are the same for names that exist and names that do not
 * (RFC 5802 §3 sends them to whoever asks).
 */
export async function verifiersOf(
  name: string,
  using: {
    readonly find: (name: string) => Promise<CredentialWithSecrets | undefined>;
    readonly hashKey: Buffer;
    readonly now: Date;
  },
): Promise<ScramLookup> {
  const salt = scramSalt(using.hashKey, name.toLowerCase());
  const credential = await using.find(name);
  const verifiers = (credential?.secrets ?? [])
    .filter(({ expiresAt }) => expiresAt === undefined || expiresAt > using.now)
    .flatMap(({ scram }) => (scram?.iterations === SCRAM_ITERATIONS && scram.salt.equals(salt) ? [scram] : []));
  return { salt, iterations: SCRAM_ITERATIONS, verifiers };
}
