/** Providers whose replies mean something of their own, by the ends of their mail hosts' names. */
const PROVIDERS: Readonly<Record<string, readonly string[]>> = Object.freeze({
  google: ['.google.com', '.googlemail.com'],
  microsoft: ['.outlook.com', '.hotmail.com', '.office365.us'],
  yahoo: ['.yahoodns.net', '.yahoo.com', '.yahoo.co.jp', '.aol.com'],
  apple: ['.icloud.com', '.me.com', '.apple.com'],
  mimecast: ['.mimecast.com', '.mimecast.co.za'],
  proofpoint: ['.pphosted.com', '.ppe-hosted.com', '.proofpoint.com'],
  orange: ['.orange.fr', '.wanadoo.fr'],
  comcast: ['.comcast.net'],
  tencent: ['.qq.com', '.exmail.qq.com'],
  ionos: ['.kundenserver.de', '.ionos.com', '.1and1.com', '.gmx.net', '.web.de'],
  mailru: ['.mail.ru'],
  yandex: ['.yandex.ru', '.yandex.net'],
});

/** The provider that a mail host belongs to; undefined for everybody else. */
export function providerOf(host: string | undefined): string | undefined {
  if (host === undefined) return undefined;
  const name = `.${host.toLowerCase().replace(/\.$/, '')}`;
  return Object.entries(PROVIDERS).find(([, ends]) => ends.some((end) => name.endsWith(end)))?.[0];
}
