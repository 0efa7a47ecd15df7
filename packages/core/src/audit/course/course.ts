import type { Course, Timeline } from '../../model/course.js';
import type { Event } from '../../model/event.js';
import { AskedQuestions } from './asked.js';
import { Lanes } from './lanes.js';
import { Lives } from './lives.js';

/** Keeps the course of one trace, for reports that show all of it. */
export class CourseKeeper {
  readonly lanes = new Lanes();
  readonly questions = new AskedQuestions();
  readonly #lives = new Lives();

  apply(event: Event): void {
    this.lanes.apply(event);
    this.#lives.apply(event);
    this.questions.apply(event);
  }

  get course(): Course {
    return { timeline: this.lanes.timeline, processes: this.#lives.list, dns: this.questions.list };
  }
}

/** The courses of several traces as one. */
export const joinCourses = (courses: readonly Course[]): Course => ({
  timeline: courses.map(({ timeline }) => timeline).reduce(joinTimelines),
  processes: courses.flatMap(({ processes }) => processes),
  dns: courses.flatMap(({ dns }) => dns),
});

const joinTimelines = (one: Timeline, other: Timeline): Timeline => ({
  lanes: [...one.lanes, ...other.lanes],
  spans: [...one.spans, ...other.spans.map((span) => ({ ...span, lane: span.lane + one.lanes.length }))],
  omitted: one.omitted + other.omitted,
});
