/** `entityInformation`: what an entity and its fields are, and the values of its picklists. */
import type { Answer } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { notFound } from './answers.ts';
import type { Entity } from './entities.ts';
import type { Instance } from './instance.ts';

/** How these rights are written on the wire is not confirmed: text is taken here. */
const right = (has: boolean) => (has ? 'All' : 'None');

export function entityInformation(
  { name, canCreate, canUpdate, hasUserDefinedFields }: Entity,
  faults: Faults,
): Answer {
  const inactive = faults.isOn('service-desk-inactive') && name.startsWith('Ticket');
  const isResource = name === 'Resources' && faults.isOn('no-resource-admin');
  const writes = !faults.isOn('no-write-permission') && !isResource;
  return {
    status: 200,
    body: {
      info: {
        name,
        canCreate: canCreate && !inactive,
        canDelete: false,
        canQuery: true,
        canUpdate: canUpdate && !inactive,
        userAccessForCreate: right(writes && canCreate),
        userAccessForDelete: right(false),
        userAccessForQuery: right(true),
        userAccessForUpdate: right(writes && canUpdate),
        hasUserDefinedFields,
        supportsWebhookCallouts: ['Companies', 'Contacts', 'Tickets', 'TicketNotes'].includes(name),
      },
    },
  };
}

export function fieldInformation(entity: Entity, instance: Instance): Answer {
  const lists = instance.picklists(entity.name, instance.statuses.listed);
  const fields = entity.fields.map((field) => ({
    name: field.name,
    dataType: field.type,
    length: field.length,
    isRequired: field.required,
    isReadOnly: field.readOnly,
    isQueryable: field.queryable,
    isReference: field.reference !== null,
    referenceEntityType: field.reference ?? '',
    isPickList: field.picklist,
    picklistValues: field.picklist ? (lists[field.name] ?? []) : null,
    picklistParentValueField: field.parent ?? '',
    isSupportedWebhookField: false,
  }));
  return { status: 200, body: { fields } };
}

export function userDefinedFields(entity: Entity): Answer {
  if (!entity.hasUserDefinedFields) return notFound();
  const reference = {
    name: 'Portal reference',
    label: 'Portal reference',
    type: 'Text',
    length: 50,
    isRequired: false,
  };
  return { status: 200, body: { fields: entity.name === 'Tickets' ? [reference] : [] } };
}
