'use client';

import type { MailRoute } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { EditDialog } from '../form/edit-dialog.tsx';
import { FormDialog } from '../form/form-dialog.tsx';
import { reasonOf, textOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { RouteFields } from './route-fields.tsx';
import { routeOf, toldOfRoute } from './route-form.ts';

const SAYS =
  "Mail that a route takes goes to its smarthost instead of the recipients' mail hosts. Routes are asked in their order; the first that takes a recipient has it.";

/** Makes a route. */
export function AddRoute({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  return (
    <FormDialog
      title="Add a route"
      says={SAYS}
      verb="Add it"
      busy="Adding…"
      submit={(form) => {
        const kind = (['smarthost', 'discard', 'fail'] as const).find((each) => each === textOf(form, 'kind'));
        const body = { ...routeOf(form, undefined), name: textOf(form, 'name'), kind: kind ?? 'smarthost' };
        return browserApi.addRoute({ body });
      }}
      onDone={onDone}
      onClose={onClose}
    >
      {(problem) => <RouteFields route={undefined} problem={problem} />}
    </FormDialog>
  );
}

/** Changes a route. */
export function ChangeRoute(props: {
  readonly route: MailRoute;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { route, onClose, onDone } = props;
  const params = { route: route.id };
  return (
    <EditDialog
      title={`Change the route ${route.name}`}
      says="What is changed counts within seconds, for mail that waits too."
      verb="Change it"
      busy="Changing…"
      show={() => browserApi.showRoute({ params })}
      tells={toldOfRoute}
      submit={(form, options, now) =>
        browserApi.updateRoute({ params, body: { ...routeOf(form, now), ...reasonOf(form) } }, options)
      }
      onDone={onDone}
      onClose={onClose}
    >
      {(now, problem) => (
        <>
          <RouteFields route={now} problem={problem} />
          <ReasonField />
        </>
      )}
    </EditDialog>
  );
}
