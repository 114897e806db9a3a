'use client';

import { useRouter } from 'next/navigation';
import { SearchBox } from '../../../features/table/search-box.tsx';
import { tlsPolicyPath } from './search-params.ts';

export function TlsPolicyClient({ domain }: { readonly domain: string }) {
  const router = useRouter();
  return (
    <SearchBox
      className="mb-4 max-w-xl"
      label="Domain to explain"
      placeholder="A recipients' domain: example.com"
      value={domain}
      maxLength={255}
      onSearch={(wanted) => router.push(tlsPolicyPath(wanted))}
    />
  );
}
