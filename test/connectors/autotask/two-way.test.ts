/** Autotask and the portal, edited on both sides at random. */
import { testBothSides } from '../../engine/two-way/play.ts';
import { autotask } from './both-sides.ts';

testBothSides(autotask);
