"""Middleware: one address book for each request of the admin."""

from page_types.publication.addresses import address_book


class AddressBookMiddleware:
    """Lists of pages ask every row for its address; within a request each is looked up once."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith("/admin/"):
            return self.get_response(request)
        with address_book():
            return self.get_response(request)
