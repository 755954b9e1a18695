/** One company on one screen: a section per kind of tool that knows something of it. Pure. */
import type { Place } from '../../../commands/place.ts';
import type { RecordType } from '../../../portal/records/index.ts';
import { count, counted, relativeTime } from '../../../text/format.ts';
import { money } from '../../../text/money.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { fit } from '../../../text/width.ts';
import { numberOf, textOf } from '../../lists/read-all.ts';
import { sparkline } from '../../widgets/sparkline.ts';
import type { TextStyle, Theme } from '../../widgets/theme.ts';
import { blank, type Line, pair } from '../lines.tsx';
import { daysOf, scoreBar } from '../score/summary.ts';
import type { CompanyPicture } from './load.ts';

/** A line of the screen, and where Enter on it leads; null: nowhere. */
export interface Entry {
  readonly line: Line;
  readonly place: Place | null;
}

interface Drawing {
  readonly width: number;
  readonly now: number;
  readonly theme: Theme;
}

export function companyEntries(picture: CompanyPicture, drawing: Drawing): readonly Entry[] {
  const sections = [
    headSection(picture, drawing),
    ticketSection(picture, drawing),
    deviceSection(picture, drawing),
    scoreSection(picture, drawing),
    billingSection(picture, drawing),
    trainingSection(picture, drawing),
  ].filter((section) => section.length > 0);
  return sections.flatMap((section, index) => (index === 0 ? section : [text(blank), ...section]));
}

const labels = 16;
const text = (own: Line): Entry => ({ line: own, place: null });

/** Records of a type of this company: the list with a filter that the operator can change. */
function listOf({ company }: CompanyPicture, type: RecordType, more = ''): Place {
  const name = textOf(company.name).replaceAll('"', '');
  return { view: 'records', type, filter: `company="${name}"${more}` };
}

function headSection({ company, people, ...picture }: CompanyPicture, { width, theme }: Drawing): readonly Entry[] {
  const { style } = theme;
  const at = { width, labels, muted: style.muted };
  const address = [company.address, company.postalCode, company.city, company.state, company.country];
  const facts: readonly (readonly [string, string])[] = [
    ['Address', address.map(textOf).filter(Boolean).join(', ')],
    ['City', textOf(company.address) === '' ? textOf(company.city) : ''],
    ['Phone', textOf(company.phone)],
    ['Website', textOf(company.website)],
  ];
  const known = facts.filter(
    ([label, value]) => value !== '' && !(label === 'Address' && textOf(company.address) === ''),
  );
  const all = { company, people, ...picture };
  return [
    text([
      { text: sanitise(textOf(company.name)), style: style.accent },
      { text: company.isActive === false ? '  not active' : '', style: style.warning },
    ]),
    ...known.flatMap(([label, value]) => pair(label, sanitise(value), at).map(text)),
    ...(people.contacts > 0
      ? [figure('Contacts', [{ text: count(people.contacts) }], listOf(all, 'contacts'), theme)]
      : []),
    ...(people.locations > 0
      ? [figure('Locations', [{ text: count(people.locations) }], listOf(all, 'locations'), theme)]
      : []),
  ];
}

function ticketSection(picture: CompanyPicture, { width, now, theme }: Drawing): readonly Entry[] {
  const { all, open, newest } = picture.tickets;
  if (all === 0) return [];
  const { style } = theme;
  const place = listOf(picture, 'tickets', ' closed:no');
  return [
    heading('Service desk', width, theme),
    figure(
      'Open tickets',
      [
        { text: count(open), style: open > 0 ? style.strong : style.muted },
        { text: ` of ${count(all)}`, style: style.muted },
      ],
      place,
      theme,
    ),
    ...newest.map((ticket) =>
      single(
        [textOf(ticket.ticketNumber), 14, style.muted],
        [textOf(ticket.title), Math.max(10, width - 50), undefined],
        [textOf(ticket.status), 16, undefined],
        [ticket.updatedAt === null ? '' : relativeTime(textOf(ticket.updatedAt), now), 14, style.muted],
      )(listOf(picture, 'tickets', ` number=${textOf(ticket.ticketNumber)}`)),
    ),
  ];
}

function deviceSection(picture: CompanyPicture, { width, theme }: Drawing): readonly Entry[] {
  const { all, online, inAlert, worst } = picture.devices;
  if (all === 0) return [];
  const { style, glyph } = theme;
  return [
    heading('Devices', width, theme),
    figure(
      'Online',
      [
        { text: count(online), style: style.strong },
        { text: ` of ${count(all)}`, style: style.muted },
      ],
      listOf(picture, 'devices'),
      theme,
    ),
    figure(
      'In alert',
      inAlert === 0
        ? [{ text: `${glyph.passed} none`, style: style.success }]
        : [{ text: `${glyph.warning} ${count(inAlert)}`, style: style.warning }],
      listOf(picture, 'devices', ' alertCount>0'),
      theme,
    ),
    ...worst.map((device) =>
      single(
        [textOf(device.name), 22, undefined],
        [counted(numberOf(device.alertCount), 'alert'), 10, style.warning],
        [textOf(device.status), 8, style.muted],
        [textOf(device.healthStatus), 16, style.muted],
        [textOf(device.os), Math.max(0, width - 64), style.muted],
      )(listOf(picture, 'devices', ` name="${textOf(device.name).replaceAll('"', '')}"`)),
    ),
  ];
}

function scoreSection(picture: CompanyPicture, { width, theme }: Drawing): readonly Entry[] {
  const { scores, licenses } = picture;
  if (scores.length === 0 && licenses.bought === 0) return [];
  const { style } = theme;
  return [
    heading('Microsoft 365', width, theme),
    ...scores.flatMap((score): readonly Entry[] => {
      const place: Place = { view: 'score', record: score.id };
      const days = daysOf(score).map(({ share }) => share);
      const [label, ...bar] = scoreBar(score, Math.min(width, 70), theme);
      const first: Entry = { line: [{ text: fit(label?.text ?? '', labels), style: style.muted }, ...bar], place };
      if (days.length < 2) return [first];
      const course = sparkline(days, Math.min(60, width - labels), theme);
      return [first, figure(`${days.length} days`, [{ text: course, style: style.active }], place, theme)];
    }),
    ...(licenses.bought === 0
      ? []
      : [
          figure(
            'Licenses',
            [
              { text: count(licenses.used), style: style.strong },
              { text: ` used of ${count(licenses.bought)} bought` },
            ],
            listOf(picture, 'licenses'),
            theme,
          ),
        ]),
  ];
}

function billingSection(picture: CompanyPicture, { width, now, theme }: Drawing): readonly Entry[] {
  const { accounts } = picture;
  if (accounts.length === 0) return [];
  const { style, glyph } = theme;
  return [
    heading('Billing', width, theme),
    ...accounts.flatMap(({ monthly, open, overdue, since, currency, isTest, invoices }): readonly Entry[] => [
      figure(
        'Pays',
        [
          { text: `${money(monthly, currency)} a month`, style: style.strong },
          { text: isTest ? '   test data' : '', style: style.warning },
        ],
        listOf(picture, 'subscriptions'),
        theme,
      ),
      figure(
        'Owes',
        [
          open === 0
            ? { text: `${glyph.passed} nothing`, style: style.success }
            : { text: `${money(open, currency)} in ${counted(invoices.length, 'invoice')}` },
        ],
        listOf(picture, 'invoices', ' open:yes'),
        theme,
      ),
      ...(overdue === 0 || since === null
        ? []
        : [
            figure(
              'Overdue',
              [
                {
                  text: `${glyph.warning} ${money(overdue, currency)}, the oldest due ${relativeTime(since, now)}`,
                  style: style.warning,
                },
              ],
              listOf(picture, 'invoices', ' open:yes'),
              theme,
            ),
          ]),
    ]),
  ];
}

function trainingSection(picture: CompanyPicture, { width, theme }: Drawing): readonly Entry[] {
  const { learners, courses, completed, overdue } = picture.training;
  if (learners === 0 && courses === 0) return [];
  const { style, glyph } = theme;
  const share = courses === 0 ? 0 : completed / courses;
  const room = 20;
  const full = Math.round(share * room);
  return [
    heading('Training', width, theme),
    figure('Learners', [{ text: count(learners) }], listOf(picture, 'learners'), theme),
    ...(courses === 0
      ? []
      : [
          figure(
            'Completed',
            [
              { text: glyph.barFull.repeat(full), style: style.accent },
              { text: glyph.barEmpty.repeat(room - full), style: style.muted },
              { text: `  ${Math.round(share * 100)} %`, style: style.strong },
              { text: `  ${count(completed)} of ${counted(courses, 'course')}`, style: style.muted },
            ],
            listOf(picture, 'enrollments'),
            theme,
          ),
        ]),
    ...(overdue === 0
      ? []
      : [
          figure(
            'Overdue',
            [{ text: `${glyph.warning} ${counted(overdue, 'course')}`, style: style.warning }],
            listOf(picture, 'enrollments', ' !status:completed due>0d'),
            theme,
          ),
        ]),
  ];
}

function heading(title: string, width: number, { style, glyph }: Theme): Entry {
  return text([
    { text: `${title} `, style: style.strong },
    { text: glyph.rule.repeat(Math.max(0, width - title.length - 1)), style: style.muted },
  ]);
}

const figure = (label: string, value: Line, place: Place, { style }: Theme): Entry => ({
  line: [{ text: fit(label, labels), style: style.muted }, ...value],
  place,
});

/** One record in a line of a section, cells of given widths, and where it leads. */
function single(...cells: readonly (readonly [string, number, TextStyle | undefined])[]): (place: Place) => Entry {
  const parts = cells.map(([value, width, style]) => {
    const own = `${fit(sanitise(value), width)} `;
    return style === undefined ? { text: own } : { text: own, style };
  });
  return (place) => ({ line: [{ text: '  ' }, ...parts], place });
}
