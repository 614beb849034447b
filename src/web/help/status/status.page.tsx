import type { FoundStatus } from '../../../intake/help/flag-status.service.js';
import type { RequestStatus } from '../../../intake/rules/request-status.js';
import type { PlanSection } from '../../../participants/own-plan.service.js';
import type { Say } from '../../../wording/wording.service.js';
import { CalmPage } from '../../layout/calm-page.js';
import { clockTime } from '../../layout/moments.js';
import { CheckAgain } from './again.view.js';
import type { SafeWay } from './details.js';
import { DetailsForm } from './details.view.js';
import { StaySafe } from './stay-safe.view.js';
import { Said, type SaidWord } from './said.view.js';
import { MoreLines, PrimaryLines } from '../lines/lines.view.js';
import type { Visit } from '../visits.js';

export interface StatusPageProps {
  visit: Visit;
  found: FoundStatus;
  /** IANA zone of the program. */
  zone: string;
  path: string;
  once: string;
  said: SaidWord | null;
  /** Boxes that were ticked before and could not be kept. */
  ticked: readonly SafeWay[];
  /** Of the person whose request this is. */
  plan: readonly PlanSection[] | null;
}

/** How a request stands, honestly, under the danger numbers. */
export function StatusPage(props: StatusPageProps) {
  const { visit, path, said, found } = props;
  const { say } = visit;
  const isOver = found.status.type === 'over';
  // Until it is over, the state itself says what follows.
  const isSaid = said !== null && (said !== 'thanks' || isOver);
  return (
    <CalmPage visit={visit} isRequest={!isOver}>
      <h1>{say('status.heading')}</h1>
      {isSaid && <Said said={said} say={say} />}
      <PrimaryLines visit={visit} compact />
      <State {...props} />
      <Acts {...props} />
      <StaySafe say={say} plan={props.plan} />
      <DetailsForm {...props} />
      <MoreLines visit={visit} action={path} />
    </CalmPage>
  );
}

function State({ visit, found, zone, path }: StatusPageProps) {
  const { say, language } = visit;
  const at = (moment: Date): string => clockTime(moment, zone, language);
  const { status, receivedAt, minutes, askedAgainAt, toldAgain, withdrewAt, now } = found;
  const time = at(receivedAt);
  const asked =
    minutes === 0 ? say('status.asked_now', { time }) : say('status.asked', { time, minutes });
  return (
    <section
      class={status.type === 'exhausted' ? 'state late' : 'state'}
      role="status"
      aria-live="polite"
    >
      <strong>{sentence(say, status, at)}</strong>
      {askedAgainAt && <p>{say(toldAgain ? 'screen.again' : 'screen.again_noted', { time })}</p>}
      {withdrewAt && status.type !== 'over' && <p>{say('screen.withdrew')}</p>}
      <p class="soft">
        {asked} {say('status.as_of', { time: at(now) })}
      </p>
      <CheckAgain visit={visit} path={path} />
    </section>
  );
}

function sentence(say: Say, status: RequestStatus, at: (moment: Date) => string): string {
  switch (status.type) {
    case 'accepted':
      return say('screen.accepted');
    case 'quiet':
      return say('status.quiet', { time: at(status.until) });
    case 'waiting': {
      const { people, minutes, next } = status;
      return say('screen.waiting', { people, minutes, next: say(`role.${next}`) });
    }
    case 'exhausted':
      return status.backup
        ? `${say('screen.exhausted')} ${say('screen.exhausted_backup')}`
        : say('screen.exhausted');
    case 'passed_on':
      return say('status.passed_on', { next: say(`role.${status.next}`) });
    case 'acknowledged':
      return say('screen.acknowledged', { time: at(status.until) });
    case 'attempted':
      return say('status.attempted', { time: at(status.at), until: at(status.until) });
    case 'in_contact':
      return say('status.in_contact');
    case 'over':
      return say('status.over');
  }
}

function Acts({ visit, path, once, found }: StatusPageProps) {
  const { say } = visit;
  const action = visit.to(path);
  return (
    <section class="acts">
      <form method="post" action={action}>
        <input type="hidden" name="once" value={once} />
        <button name="do" value="again">
          {say('status.ask_again')}
        </button>
        <p class="soft">{say('status.ask_again_note')}</p>
      </form>
      {found.status.type !== 'over' && (
        <form method="post" action={action}>
          <button name="do" value="ok" class="quiet">
            {say('status.ok_now')}
          </button>
          <p class="soft">{say('status.ok_now_note')}</p>
        </form>
      )}
    </section>
  );
}
