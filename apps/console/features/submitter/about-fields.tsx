import type { Problem } from '@postern/admin-contract';
import { TextField } from '@postern/console-ui';
import { faultOf } from '../form/fault-of.ts';
import { textOrNull } from '../form/read-form.ts';
import { told, type Told } from '../form/told.ts';
import type { Submitter } from './submitter.ts';

/** The fields that say what a submitter is for and where its mail goes. */
export function AboutFields(props: {
  readonly submitter: Submitter | undefined;
  readonly problem: Problem | undefined;
}) {
  const { submitter, problem } = props;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label="Owner"
          hint="Who answers for it."
          name="owner"
          maxLength={200}
          autoComplete="off"
          defaultValue={submitter?.owner ?? ''}
          error={faultOf(problem, 'owner')}
        />
        <TextField
          label="Note"
          hint="What it is for."
          name="note"
          maxLength={1000}
          autoComplete="off"
          defaultValue={submitter?.note ?? ''}
          error={faultOf(problem, 'note')}
        />
        <TextField
          label="Tag"
          hint="A word that routes choose its mail by."
          name="tag"
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          defaultValue={submitter?.tag ?? ''}
          error={faultOf(problem, 'tag')}
        />
        <TextField
          label="Route"
          hint="The route that all of its mail takes."
          name="route"
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          defaultValue={submitter?.route ?? ''}
          error={faultOf(problem, 'route')}
        />
      </div>
    </>
  );
}

/** What they say of a submitter. */
export function toldOfAbout({ owner, note, tag, route }: Submitter): readonly Told[] {
  return [
    told('owner', 'Owner', owner),
    told('note', 'Note', note),
    told('tag', 'Tag', tag),
    told('route', 'Route', route),
  ];
}

/** What was written into them. */
export function aboutOf(form: FormData) {
  return {
    owner: textOrNull(form, 'owner'),
    note: textOrNull(form, 'note'),
    tag: textOrNull(form, 'tag'),
    route: textOrNull(form, 'route'),
  };
}
