'use client';

import { useState } from 'react';
import { TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';

/** What the API takes, in octets before base64. */
const MAX_OCTETS = 2_000_000;

/** Takes in the file of a report. */
export function UploadReport({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  const [file, setFile] = useState('');
  const [fault, setFault] = useState<string | undefined>(undefined);
  const choose = async (chosen: File | undefined) => {
    const tooLarge = chosen !== undefined && chosen.size > MAX_OCTETS;
    setFault(tooLarge ? 'No report is larger than 2 MB' : undefined);
    setFile(chosen && !tooLarge ? base64Of(new Uint8Array(await chosen.arrayBuffer())) : '');
  };
  return (
    <FormDialog
      title="Take in a TLS report"
      says="The .json or .json.gz that somebody sent about a domain of yours. What it says is their word, and shown as such."
      verb="Take it in"
      busy="Reading…"
      submit={() => browserApi.uploadTlsReport({ body: { file } })}
      onDone={onDone}
      onClose={onClose}
    >
      {(problem) => (
        <TextField
          label="File"
          type="file"
          name="file"
          accept=".json,.gz,application/json,application/gzip"
          required
          onChange={(event) => void choose(event.target.files?.[0])}
          error={fault ?? faultOf(problem, 'file')}
          className="[&_input]:h-auto [&_input]:py-1.5"
        />
      )}
    </FormDialog>
  );
}

function base64Of(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length; at += 8_192) text += String.fromCharCode(...octets.subarray(at, at + 8_192));
  return btoa(text);
}
