'use client';

import { CirclePause } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@postern/console-ui';
import { SuspendMail } from './suspend-mail.tsx';

/** Asks what mail is to be suspended. */
export function SuspendButton() {
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button icon={CirclePause} onClick={() => setAsked(true)}>
        Suspend mail
      </Button>
      {asked && <SuspendMail onClose={() => setAsked(false)} onDone={() => router.refresh()} />}
    </>
  );
}
