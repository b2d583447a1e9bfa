// A video that follows another one: small differences are made up by its speed, large ones by a jump.
const CALM = 0.02;
const JUMP = 0.3;

/** Where a source stands when a result of it stands at a time: by `length`, as the result was made from it. */
function sourceTime(time, duration, length) {
  if (!(duration > 0) || time < duration) {
    return { at: time, isBackward: false };
  }
  if (length === 'loop') {
    return { at: time % duration, isBackward: false };
  }
  if (length === 'pingpong') {
    const turns = Math.floor(time / duration);
    const rest = time - turns * duration;
    return turns % 2 ? { at: duration - rest, isBackward: true } : { at: rest, isBackward: false };
  }
  return { at: duration, isBackward: true };
}

export class Follower {
  constructor(leader, follower) {
    this.leader = leader;
    this.follower = follower;
    this.length = 'pingpong';
    this.drift = 0;
    const turn = () => {
      this.follow();
      this.request = requestAnimationFrame(turn);
    };
    this.request = requestAnimationFrame(turn);
  }

  stop() {
    cancelAnimationFrame(this.request);
  }

  follow() {
    const { leader, follower } = this;
    if (follower.readyState < 1 || leader.readyState < 1) {
      return;
    }
    const { at, isBackward } = sourceTime(leader.currentTime, follower.duration, this.length);
    this.drift = follower.currentTime - at;
    const isMoving = !leader.paused && !leader.ended && leader.readyState > 2 && !isBackward;
    if (!isMoving) {
      // backwards, and while paused, it is set to each moment: browsers play forwards only
      if (!follower.paused) {
        follower.pause();
      }
      if (Math.abs(this.drift) > CALM && !follower.seeking) {
        follower.currentTime = at;
      }
      return;
    }
    if (Math.abs(this.drift) > JUMP) {
      if (!follower.seeking) {
        follower.currentTime = at;
      }
    } else {
      follower.playbackRate = Math.abs(this.drift) < CALM ? leader.playbackRate
        : leader.playbackRate * (1 - Math.max(-0.5, Math.min(0.5, this.drift * 2)));
    }
    if (follower.paused && !follower.seeking) {
      follower.play().catch(() => {});
    }
  }
}
