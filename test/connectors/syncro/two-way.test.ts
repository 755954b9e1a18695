/** Syncro and the portal, edited on both sides at random. */
import { testBothSides } from '../../engine/two-way/play.ts';
import { syncro } from './both-sides.ts';

testBothSides(syncro);
