/**
 * Whether a certificate's DNS names contain a host's name (RFC 6125 §6.4, RFC 8461 §4.1).
 *
 * `*.example.com` names `mx.example.com`, and neither `example.com` nor `a.mx.example.com`; `*` alone and `m*.example.com`
 * name nothing. Case and a dot at the end do not matter.
 */
export function certificateNames(names: readonly string[], host: string): boolean {
  const wanted = normal(host);
  const firstDot = wanted.indexOf('.');
  return names.some((each) => {
    const name = normal(each);
    if (!name.includes('*')) return name !== '' && name === wanted;
    return (
      name.startsWith('*.') && name.lastIndexOf('*') === 0 && firstDot > 0 && name.slice(1) === wanted.slice(firstDot)
    );
  });
}

function normal(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}
