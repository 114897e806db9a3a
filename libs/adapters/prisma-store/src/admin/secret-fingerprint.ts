import type { PrismaClient } from '../generated/client.ts';

const KEY = 'secret fingerprint';

/** The fingerprint that is remembered; of several that come first at once, one is. */
export async function secretFingerprint(prisma: PrismaClient, given: string): Promise<string> {
  await prisma.setting.createMany({ data: [{ key: KEY, value: given }], skipDuplicates: true });
  const { value } = await prisma.setting.findUniqueOrThrow({ where: { key: KEY } });
  return String(value);
}
