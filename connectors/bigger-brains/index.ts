import type { Connector } from '../../src/connector/contract.ts';
import type { Manifest } from '../../src/connector/manifest.ts';
import { openBiggerBrains } from './connection.ts';
import { credentials } from './credentials.ts';
import guide from './guide.md';
import { options } from './settings.ts';

export const manifest: Manifest = {
  id: 'bigger-brains',
  name: 'Bigger Brains',
  summary: 'training content and courses',
  family: 'training',
  experimental: 'Bigger Brains publishes no API. The source "REST endpoint" is an experiment; the others are not.',
  credentials,
  options,
  recordTypes: [
    {
      type: 'contacts',
      direction: 'link',
      vendorName: 'Members',
      changes: 'compare',
      permission: 'as for learners',
      note: 'A learner belongs to the contact with the same e-mail address. No contact is made or changed.',
    },
    {
      type: 'courses',
      direction: 'pull',
      vendorName: 'Courses',
      changes: 'feed',
      permission: 'CSV: the exports; else reading courses or statements',
    },
    {
      type: 'learners',
      direction: 'pull',
      vendorName: 'Members',
      changes: 'feed',
      permission: 'CSV: Team Leader, Team Admin or Reseller Access; else reading registrations or statements',
    },
    {
      type: 'enrollments',
      direction: 'pull',
      vendorName: 'Assigned courses',
      changes: 'feed',
      overlapMs: 60_000,
      permission: 'as for learners',
    },
    {
      type: 'completions',
      direction: 'pull',
      vendorName: 'Completed courses',
      changes: 'feed',
      overlapMs: 60_000,
      keepsUnlisted: true,
      permission: 'as for learners',
      note: 'Kept when a member is deleted there, which takes the member out of all reports.',
    },
  ],
  // No figure is published by any of the sources. SCORM Cloud is asked one thing at a time.
  budgets: [{ name: 'api', concurrency: 1, intervalCap: 300, intervalMs: 60_000 }],
};

export default {
  manifest,
  guide,
  origins({ mode, endpoint = '', scormHost = '', baseUrl = '' }) {
    switch (mode) {
      case 'xapi':
        return { baseUrl: endpoint, allowed: [] };
      case 'scormcloud':
        return { baseUrl: scormHost, allowed: [] };
      case 'api':
        return { baseUrl, allowed: [] };
      default:
        return null;
    }
  },
  open: openBiggerBrains,
} satisfies Connector;
