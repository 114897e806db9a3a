'use client';

import type { MailRoute } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { linesOf, textOf } from '../form/read-form.ts';
import { readHosts } from './read-hosts.ts';
import { RouteFields } from './route-fields.tsx';

/** Makes a route, or changes one. */
export function RouteDialog(props: {
  readonly route: MailRoute | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { route } = props;
  return (
    <FormDialog
      title={route ? `Change the route ${route.name}` : 'Add a route'}
      says="Mail that a route takes goes to its smarthost instead of the recipients' mail hosts. Routes are asked in their order; the first that takes a recipient has it."
      verb={route ? 'Change it' : 'Add it'}
      busy={route ? 'Changing…' : 'Adding…'}
      submit={(form) => {
        const body = readSettings(form, route);
        if (route) return browserApi.updateRoute({ params: { route: route.id }, body });
        const kind = (['smarthost', 'discard', 'fail'] as const).find((each) => each === textOf(form, 'kind'));
        return browserApi.addRoute({ body: { ...body, name: textOf(form, 'name'), kind: kind ?? 'smarthost' } });
      }}
      onDone={() => {
        props.onClose();
        props.onDone();
      }}
      onClose={props.onClose}
    >
      {(problem) => <RouteFields route={route} problem={problem} />}
    </FormDialog>
  );
}

function readSettings(form: FormData, route: MailRoute | undefined) {
  const tls = (['opportunistic', 'required', 'verify', 'dane'] as const).find((each) => each === textOf(form, 'tls'));
  const tokenUrl = textOf(form, 'tokenUrl');
  const password = textOf(form, 'password');
  return {
    host: textOf(form, 'host'),
    port: Number(textOf(form, 'port') || 587),
    moreHosts: readHosts(linesOf(form, 'moreHosts')),
    implicitTls: form.get('implicitTls') !== null,
    user: textOf(form, 'user') || null,
    // An empty password of a route that has one stays as it is; one whose user is gone needs none.
    ...(password !== '' ? { password } : route?.user && textOf(form, 'user') !== '' ? {} : { password: null }),
    oauth: tokenUrl === '' ? null : { tokenUrl, clientId: textOf(form, 'clientId'), scope: textOf(form, 'scope') },
    tls: tls ?? 'verify',
    domains: linesOf(form, 'domains'),
    senderRules: linesOf(form, 'senderRules'),
    tags: linesOf(form, 'tags'),
  };
}
