import { type MailHost, mailHost, type MailHostOptions, zoneServer, type ZoneServer } from '@postern/lab';

/** A loopback internet: one mail host that serves `receiver.example`, found through its MX record. */
export interface LabInternet extends AsyncDisposable {
  readonly zone: ZoneServer;
  readonly host: MailHost;
}

export async function labInternet(options: MailHostOptions = {}, negativeTtlSeconds?: number): Promise<LabInternet> {
  const host = await mailHost({ address: '127.0.0.2', ...options });
  const zone = await zoneServer({
    ...(negativeTtlSeconds === undefined ? {} : { negativeTtlSeconds }),
    records: `
      receiver.example.     300 IN MX 10 mx.receiver.example.
      mx.receiver.example.  300 IN A  127.0.0.2
    `,
  });
  return {
    zone,
    host,
    async [Symbol.asyncDispose]() {
      await host.close();
      await zone.close();
    },
  };
}
