"""What a person reads on his home and on a screen of the room."""

from bs4 import BeautifulSoup
from django.urls import reverse


def home(house, user):
    page = house.client(user).get(reverse("wagtailadmin_home")).content
    return BeautifulSoup(page, "html.parser").select_one(".review-today").text


def words(house, user, name, *args, query=""):
    page = house.client(user).get(reverse(name, args=args) + query).content
    return " ".join(BeautifulSoup(page, "html.parser").main.text.split())
