"""What a user may do today, read once from his appointments.

Review, permissions and queues all ask here, so that moving a person is one change of one row.
"""

from dataclasses import dataclass, field

from page_types.organisation.models import Appointment, Post, User

_CACHE = "_duties_cache"


@dataclass(frozen=True)
class Duties:
    """The duties of one user on one day; departments are given by primary key."""

    user_id: int | None = None
    officer_of: frozenset = field(default_factory=frozenset)
    reviewer_of: frozenset = field(default_factory=frozenset)
    leads: frozenset = field(default_factory=frozenset)
    posts: frozenset = field(default_factory=frozenset)

    @property
    def departments(self):
        """Departments whose drafts this user may see because of a post held for them."""
        return self.officer_of | self.reviewer_of | self.leads

    @property
    def sees_all(self):
        """Bureau-wide posts see every department's drafts (they review or administer them)."""
        return bool(self.posts & {Post.PRINCIPAL, Post.OFFICE, Post.CENTRE, Post.ADMINISTRATOR})

    def may_see(self, department_id):
        """Whether drafts of the department may be shown to this user."""
        return self.sees_all or department_id in self.departments


def duties_of(user):
    """The duties of `user` today; kept on the user object, which lives as long as the request."""
    if not user.is_authenticated or not user.is_active:
        return Duties()
    if (cached := getattr(user, _CACHE, None)) is None:
        cached = _read(user)
        setattr(user, _CACHE, cached)
    return cached


def _read(user):
    held = {post: set() for post in Post}
    for post, department in (
        Appointment.objects.current().filter(user=user).values_list("post", "department")
    ):
        held[post].add(department)
    posts = {post for post, departments in held.items() if departments}
    if user.is_superuser:
        posts.add(Post.ADMINISTRATOR)
    return Duties(
        user_id=user.pk,
        officer_of=frozenset(held[Post.OFFICER]),
        reviewer_of=frozenset(held[Post.REVIEWER]),
        leads=frozenset(held[Post.LEADER]),
        posts=frozenset(posts),
    )


def holders(post, department_id=None):
    """Active users who hold `post` today (for the department, where the post is held for one)."""
    appointments = Appointment.objects.current().filter(post=post, department=department_id)
    return User.objects.filter(is_active=True, appointments__in=appointments).distinct()
