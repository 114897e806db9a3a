import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

interface Provider {
  callback(): RequestListener;
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
}

type ProviderClass = new (issuer: string, configuration: object) => Provider;

/** The package comes without types: this is as much of it as is used here. Only tests of it pay for what it brings. */
export async function loadProvider(): Promise<ProviderClass> {
  const name: string = 'oidc-provider';
  return ((await import(name)) as { readonly default: ProviderClass }).default;
}
