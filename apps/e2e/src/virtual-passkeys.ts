import type { Page } from 'playwright-core';

/** A device of Chromium's own that keeps passkeys, for one page (the WebAuthn domain of the DevTools protocol). */
export interface VirtualPasskeys {
  readonly count: () => Promise<number>;
  /** Whether somebody is there to touch it; else what asks it waits. */
  readonly present: (there: boolean) => Promise<void>;
}

/** Gives the page a device that knows its person, by their finger, and keeps passkeys. */
export async function virtualPasskeys(page: Page): Promise<VirtualPasskeys> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    count: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    present: async (enabled) => {
      await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
  };
}
