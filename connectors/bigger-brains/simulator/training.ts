/** Who is trained in the invented world, on which courses, and how far. All sources show this same training. */
import type { Clock } from '../../../src/simulator/clock.ts';
import { random } from '../../../src/simulator/random.ts';
import type { World } from '../../../src/simulator/world.ts';
import { courseTitles, roles } from './words.ts';

export interface Course {
  readonly code: string;
  title: string;
  readonly category: string;
  readonly minutes: number;
  readonly created: number;
  modified: number;
}
export interface Learner {
  readonly number: number;
  /** The e-mail address, or the user name of somebody without one. */
  readonly id: string;
  readonly email: string | null;
  readonly username: string;
  readonly team: string;
  /** The PSA of the same world has this person as well. */
  readonly isContact: boolean;
  readonly firstName: string;
  lastName: string;
  readonly role: string;
  readonly expires: number | null;
  modified: number;
}
export interface Enrollment {
  readonly number: number;
  readonly learner: Learner;
  readonly course: Course;
  readonly assigned: number;
  started: number | null;
  completed: number | null;
  progress: number;
  seconds: number;
  modified: number;
}

/** Called after every change: what was done, to which enrollment. */
export type Watcher = (change: Change) => void;
export type Change =
  | { readonly kind: 'assigned' | 'progressed' | 'completed' | 'removed'; readonly enrollment: Enrollment }
  | { readonly kind: 'other' };

const day = 86_400_000;

export class Training {
  readonly world: World;
  readonly clock: Clock;
  readonly courses = new Map<string, Course>();
  readonly learners = new Map<string, Learner>();
  readonly enrollments = new Map<number, Enrollment>();
  /** Finished courses of members who were deleted: gone from every report, but they happened. */
  readonly former: Enrollment[] = [];
  readonly #watchers: Watcher[] = [];
  #nextEnrollment = 1;
  #nextPerson: number;

  constructor(world: World, clock: Clock) {
    this.world = world;
    this.clock = clock;
    for (let number = 0; number < courseTitles.length; number += 1) this.#addCourse(number, world.today - 400 * day);
    for (let number = 0; number < world.counts.people; number += 1) {
      const learner = this.#learnerFrom(number);
      if (learner === null) continue;
      this.learners.set(learner.id, learner);
      this.#enrol(learner);
    }
    this.#nextPerson = world.counts.people;
  }

  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  /** Finishing and getting on count as of now. */
  advance(enrollment: Enrollment): void {
    enrollment.started ??= this.clock.now();
    enrollment.progress = Math.min(99, enrollment.progress + 1);
    enrollment.seconds += 60;
    enrollment.modified = this.clock.now();
    this.#changed({ kind: 'progressed', enrollment });
  }

  complete(enrollment: Enrollment): void {
    const now = this.clock.now();
    enrollment.started ??= now;
    Object.assign(enrollment, { completed: now, progress: 100, modified: now, seconds: enrollment.seconds + 300 });
    this.#changed({ kind: 'completed', enrollment });
  }

  /** Null when everybody has every course. */
  assign(): Enrollment | null {
    const taken = new Set([...this.enrollments.values()].map(({ learner, course }) => `${learner.id} ${course.code}`));
    for (const learner of this.learners.values()) {
      for (const course of this.courses.values()) {
        if (taken.has(`${learner.id} ${course.code}`)) continue;
        const enrollment = this.#addEnrollment(learner, course, this.clock.now());
        this.#changed({ kind: 'assigned', enrollment });
        return enrollment;
      }
    }
    return null;
  }

  unassign(enrollment: Enrollment): void {
    this.enrollments.delete(enrollment.number);
    this.#changed({ kind: 'removed', enrollment });
  }

  addCourse(): Course {
    const course = this.#addCourse(this.courses.size, this.clock.now());
    this.#changed({ kind: 'other' });
    return course;
  }

  renameCourse(course: Course, title: string): void {
    Object.assign(course, { title, modified: this.clock.now() });
    this.#changed({ kind: 'other' });
  }

  addLearner(): Learner {
    let learner: Learner | null = null;
    while (learner === null) learner = this.#learnerFrom(this.#nextPerson++);
    learner.modified = this.clock.now();
    this.learners.set(learner.id, learner);
    this.#changed({ kind: 'other' });
    return learner;
  }

  renameLearner(learner: Learner, lastName: string): void {
    Object.assign(learner, { lastName, modified: this.clock.now() });
    this.#changed({ kind: 'other' });
  }

  /** Frees the licence and takes the person out of every report. */
  removeLearner(learner: Learner): void {
    this.learners.delete(learner.id);
    for (const enrollment of [...this.enrollments.values()]) {
      if (enrollment.learner !== learner) continue;
      if (enrollment.completed !== null) this.former.push(enrollment);
      this.unassign(enrollment);
    }
    this.#changed({ kind: 'other' });
  }

  #changed(change: Change): void {
    for (const watcher of this.#watchers) watcher(change);
  }

  #addCourse(number: number, at: number): Course {
    const [title, category] = courseTitles[number] ?? [`Further course ${number + 1}`, 'Skills'];
    const draw = random(this.world.seed, 'course', number);
    const course: Course = {
      code: `BB-${String(101 + number)}`,
      title,
      category,
      minutes: 10 + 5 * draw.below(12),
      created: at,
      modified: at,
    };
    this.courses.set(course.code, course);
    return course;
  }

  /** Null for people whose company has no training. */
  #learnerFrom(number: number): Learner | null {
    const { world } = this;
    const person = world.person(number);
    const company = world.company(person.company);
    const draw = random(world.seed, 'learner', number);
    // However small the world is, the first company trains its first person.
    const first = number === 0;
    if (!first && (company.relationship !== 'Managed' || !person.isActive || draw.chance(0.2))) return null;
    const username = person.email ?? `user${number}`;
    return {
      number,
      id: person.email ?? username,
      email: person.email,
      username,
      team: company.name,
      isContact: number < world.counts.people,
      firstName: person.firstName,
      lastName: person.lastName,
      role: draw.pick(roles),
      expires: draw.chance(0.1) ? world.today + (draw.below(400) - 200) * day : null,
      modified: Math.max(person.modifiedAt, world.today - 300 * day),
    };
  }

  #enrol(learner: Learner): void {
    const draw = random(this.world.seed, 'enrollments', learner.number);
    const { today } = this.world;
    const courses = [...this.courses.values()];
    const first = draw.below(courses.length);
    const count = Math.max(draw.below(5), learner.number === 0 ? 3 : 0);
    for (let i = 0; i < count; i += 1) {
      const assigned = today - Math.floor((5 + draw.below(300)) * day);
      const enrollment = this.#addEnrollment(learner, courses[(first + i) % courses.length] as Course, assigned);
      const states = ['completed', 'started', 'assigned', 'completed'] as const;
      const state = learner.number === 0 ? states[i % states.length] : draw.pick(states);
      if (state === 'assigned') continue;
      enrollment.started = Math.floor(assigned + draw.next() * day);
      enrollment.modified = enrollment.started + Math.floor(draw.next() * 3 * day);
      enrollment.seconds = 120 + draw.below(3000);
      enrollment.progress = state === 'completed' ? 100 : 5 + draw.below(60);
      if (state === 'completed') enrollment.completed = enrollment.modified;
    }
  }

  #addEnrollment(learner: Learner, course: Course, assigned: number): Enrollment {
    const number = this.#nextEnrollment++;
    const fresh = { started: null, completed: null, progress: 0, seconds: 0, modified: assigned };
    const enrollment: Enrollment = { number, learner, course, assigned, ...fresh };
    this.enrollments.set(number, enrollment);
    return enrollment;
  }
}
