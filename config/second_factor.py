"""The page that asks for the code of the second factor.

django-otp 1.7 wants to be told which device made the code; wagtail-2fa's form doesn't ask. This one does
where a person has several, and takes the only one else.
"""

from django import forms
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django_otp import devices_for_user
from wagtail.admin.auth import require_admin_access
from wagtail_2fa.forms import TokenForm
from wagtail_2fa.views import LoginView


class CodeForm(TokenForm):
    otp_device = forms.ChoiceField(label=_("Thiết bị"), required=False)

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.choices = [(device.persistent_id, device.name) for device in devices_for_user(user)]
        self.fields["otp_device"].choices = self.choices
        self.fields["otp_token"].label = _("Mã xác thực")
        self.fields["otp_token"].widget.attrs.update({"inputmode": "numeric", "autocomplete": "one-time-code"})

    @property
    def extra_fields(self):
        """What the template shows below the code: the choice, where there is one."""
        return [("otp_device", self["otp_device"])] if len(self.choices) > 1 else []

    def clean(self):
        if len(self.choices) == 1:
            self.cleaned_data["otp_device"] = self.choices[0][0]
        return super().clean()


@method_decorator(require_admin_access, name="dispatch")
class CodeView(LoginView):
    form_class = CodeForm
