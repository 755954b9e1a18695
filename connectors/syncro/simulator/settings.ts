/** The account's own lists, as they are told in two places. */
import type { Context } from './context.ts';
import { priorities, problemTypes, ticketTypes } from './model.ts';

export const ticketSettings = (context: Context): object => ({
  ticket_status_list: context.instance.statuses.listed,
  default_labor_product_id: null,
  saved_searches: [],
  ticket_types: ticketTypes,
  ticket_type_fields: [],
  ticket_type_field_answers: [],
  appointment_types: [],
  users: context.listedUsers().map(({ id, name }) => ({ id, name: context.say(name, id) })),
  require_ticket_type: context.faults.isOn('type-required') ? true : null,
  require_intake_form_with_ticket: null,
  require_outtake_form_with_ticket: null,
});

export const settings = (): object => ({
  customers: { required_fields: null, customer_fields: [], customer_field_answers: [] },
  assets: { asset_types: [{ id: 4, name: 'Syncro Device' }], asset_type_fields: [], asset_type_field_answers: [] },
  locale: {
    iso_code: 'en',
    currency_symbol: '$',
    date_format: 'mm-dd-yy',
    time_format: 'hh:mm tt',
    time_zone: 'America/Los_Angeles',
    time_offset: '-08:00',
  },
  ticket: {
    ticket_types: ticketTypes,
    ticket_type_fields: [],
    ticket_type_field_answers: [],
    problem_types: problemTypes,
    priorities,
  },
  business_hours_enabled: true,
  business_hours: [{ day: 'Sunday', start: '09:00', end: '17:00', closed: true }],
});
